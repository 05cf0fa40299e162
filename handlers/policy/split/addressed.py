"""A text that numbers itself becomes sentences whose addresses are its own: "Article III, section 2, item (b), sentence 1"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.policy.clauses import Sentence
from handlers.policy.split.clauses import Clause
from handlers.policy.split.pieces import sentences

_SOME = re.compile(r"(?P<block>.+), sentences? (?P<first>\d+)(?: to \d+)?")


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of a clause, and its words as they are to be understood: with the question or stem before it."""

    clause: Clause
    sentence: Sentence
    meant: str


def parts(clauses: Iterable[Clause]) -> Iterator[Part]:
    """Yield every sentence of the clauses; a clause of one sentence has the address of the clause."""
    for clause in clauses:
        own = clause.text[len(clause.lead) :].strip()
        told = sentences(own) or [""]
        some = _SOME.fullmatch(clause.locator)
        block, first = (some["block"], int(some["first"])) if some else (clause.locator, 1 if len(told) > 1 else 0)
        for number, words in enumerate(told):
            led = f"{clause.lead} {words}".strip() if number == 0 or clause.lead.endswith("?") else words
            text = f"{clause.lead} {words}".strip() if number == 0 else words
            yield Part(clause, Sentence(block, first + number, text), led)
