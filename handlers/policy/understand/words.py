"""Plain text as words and stops, each with its place in the text; short forms written out. Not here: what a word means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.policy.understand.lexicon.spelling import ENDINGS, IS_AFTER, SHORT

_IS_AFTER = frozenset(IS_AFTER.split())
STOPS = frozenset(".?!;\n")
_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.?!]+(?=\s|$)|[;,\n]")


@dataclass(frozen=True, slots=True)
class Word:
    """One lower-case word or stop, and where it stood."""

    text: str
    start: int
    end: int

    @property
    def is_stop(self) -> bool:
        """Whether a sentence ends here."""
        return self.text[0] in STOPS


def words(text: str) -> list[Word]:
    """Return the words in order; one piece of text may be several words ("don't", "ppl")."""
    return [Word(part, piece.start(), piece.end()) for piece in _PIECE.finditer(text) for part in _parts(piece.group().lower())]


def _parts(piece: str) -> Iterator[str]:
    return iter(SHORT[piece].split()) if piece in SHORT else _apart(piece)


def _apart(piece: str) -> Iterator[str]:
    for ending, full in ENDINGS.items():
        if piece.endswith(ending) and len(piece) > len(ending):
            return iter((piece.removesuffix(ending) + full).split())
    head, _, tail = piece.partition("'")
    if tail == "s":
        return iter((head, "is" if head in _IS_AFTER else "s"))
    return iter((head + tail,))
