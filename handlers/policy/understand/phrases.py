"""The lexicons as one tree: the longest phrase at a place wins, and every sense of it counts. Not here: the words themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from snowballstemmer import stemmer

from handlers.policy.understand.lexicon.matters import MATTERS
from handlers.policy.understand.lexicon.people import PEOPLE
from handlers.policy.understand.lexicon.questions import QUESTIONS
from handlers.policy.understand.lexicon.small_words import SMALL
from handlers.policy.understand.lexicon.ways import WAYS

LEXICON: Mapping[str, str] = {**PEOPLE, **WAYS, **MATTERS, **SMALL, **QUESTIONS}
# A name for several senses, so that a rule can speak of all of them.
KINDS: Mapping[str, frozenset[str]] = {
    "CONTACT": frozenset({"TEXT", "CALL", "EMAIL", "MESSAGE", "SAY", "DM", "IM", "APP", "VIDEO"}),
    "TOOL": frozenset({"PORTAL", "LMS", "SCHOOL", "EMAIL", "REMIND", "APP", "MESSAGE", "NETWORK", "SYSTEM", "IM"}),
    "MEANS": frozenset({"SYSTEM", "APP", "PHONE", "EMAIL", "ACCOUNT", "LMS", "SHEET", "IM"}),
    "WRITING": frozenset({"TEXT", "EMAIL", "MESSAGE", "DM", "SAY"}),
    "STAFF": frozenset({"STUDENTTEACHER", "SUBSTITUTE"}),
    "KID": frozenset({"STUDENT", "PLAYER"}),
    "CHILD": frozenset({"SON", "YOUNGSTER"}),
    "UNIT": frozenset({"TEAM", "GROUP", "CLASS", "CLUB", "SPORT"}),
    "PERSON": frozenset({"STUDENT", "PLAYER", "TEAM", "GROUP", "CLASS", "PARENT", "FORMER", "SON", "YOUNGSTER", "THEM"}),
    "NET": frozenset({"SOCIAL", "SMEDIA"}),
    "WAY": frozenset({"TEXT", "CALL", "EMAIL", "DM", "IM", "APP", "SOCIAL", "SMEDIA", "PHONE", "ACCOUNT"}),
    "PLACE": frozenset({"SOCIAL", "SMEDIA", "SITE", "PAGE"}),
}


@dataclass(slots=True)
class Node:
    """What may follow a beginning of a phrase, and which senses end here."""

    following: dict[str, "Node"] = field(default_factory=dict)
    senses: set[str] = field(default_factory=set)


@cache
def tree() -> Node:
    """Return the tree of all phrases, grown on first use."""
    root = Node()
    for sense, phrases in LEXICON.items():
        for phrase in phrases.split(","):
            _grow(root, phrase.split(), sense)
    return root


@cache
def vocabulary() -> frozenset[str]:
    """Return every single word of the lexicons, as written."""
    return frozenset(word.removeprefix("=") for phrases in LEXICON.values() for word in phrases.replace(",", " ").split())


def longest(texts: Sequence[str], at: int) -> tuple[int, frozenset[str]]:
    """Return how many words the longest phrase at this place takes, and its senses; (1, none) where there is none."""
    best, senses = 1, set[str]()
    for length, node in _ends(tree(), texts, at, 0):
        if length > best:
            best, senses = length, set()
        if length == best:
            senses |= node.senses
    return best, frozenset(senses | _kinds(senses))


def known(word: str) -> bool:
    """Whether a lexicon has this word, in any of its endings."""
    return word in vocabulary() or stem(word) in _stems()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the word without its ending."""
    return str(stemmer("english").stemWord(word))


def _grow(node: Node, phrase: list[str], sense: str) -> None:
    exact = phrase[0].startswith("=")
    for word in phrase:
        key = "=" + word.removeprefix("=") if exact else stem(word)
        node = node.following.setdefault(key, Node())
    node.senses.add(sense)


def _ends(node: Node, texts: Sequence[str], at: int, length: int) -> Iterator[tuple[int, Node]]:
    if length and node.senses:
        yield length, node
    if at < len(texts):
        for key in ("=" + texts[at], stem(texts[at])):
            if key in node.following:
                yield from _ends(node.following[key], texts, at + 1, length + 1)


def _kinds(senses: set[str]) -> set[str]:
    return {kind for kind, members in KINDS.items() if not members.isdisjoint(senses)}


@cache
def _stems() -> frozenset[str]:
    return frozenset(map(stem, vocabulary()))
