"""The small language of the rules, and where a pattern stands in a sentence. Not here: which pattern shows what.

`a|B`: a word or a sense. `x?`: may be missing. `-x`: denied. `~x`: denied or not. `_`: any cue. `..`: up to eight. `^`, `$`: both ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.policy.understand.cues import Cue

ANY = frozenset({"_"})
GAP = 8  # cues that ".." may skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One place of a pattern: any of these names, denied (True), not denied (False) or either (None)."""

    names: frozenset[str]
    denied: bool | None = False
    optional: bool = False

    def fits(self, cue: Cue) -> bool:
        """Whether the cue can stand here."""
        return self.denied in (None, cue.denied) and (self.names == ANY or not self.names.isdisjoint(cue.names))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of a rule; None is a gap."""

    pieces: tuple[Piece | None, ...]
    at_start: bool
    at_end: bool
    needed: tuple[frozenset[str], ...]

    def find(self, sentence: Sequence[Cue], present: frozenset[str]) -> tuple[int, int] | None:
        """Return the first stretch of cues that fits. `present`: all names in the sentence, to give up early."""
        if any(names.isdisjoint(present) for names in self.needed):
            return None
        starts = range(1) if self.at_start else range(len(sentence))
        for start in starts:
            for end in self._ends(sentence, 0, start):
                return start, end
        return None

    def _ends(self, sentence: Sequence[Cue], step: int, at: int) -> Iterator[int]:
        if step == len(self.pieces):
            if not self.at_end or at == len(sentence):
                yield at
            return
        for later in _nexts(self.pieces[step], sentence, at):
            yield from self._ends(sentence, step + 1, later)


@lru_cache(maxsize=4096)
def pattern(line: str) -> Pattern:
    """Return the pattern that a line of a rule spells."""
    spelled = line.split()
    at_start, at_end = spelled[0] == "^", spelled[-1] == "$"
    pieces = tuple(_piece(each) for each in spelled if each not in {"^", "$"})
    needed = tuple(piece.names for piece in pieces if piece and not piece.optional and piece.names != ANY)
    return Pattern(pieces, at_start, at_end, needed)


def _nexts(piece: Piece | None, sentence: Sequence[Cue], at: int) -> Iterator[int]:
    """Yield the places where the next piece may begin."""
    if piece is None:
        yield from range(at, min(len(sentence), at + GAP) + 1)
        return
    if at < len(sentence) and piece.fits(sentence[at]):
        yield at + 1
    if piece.optional:
        yield at


def _piece(spelled: str) -> Piece | None:
    if spelled == "..":
        return None
    denied = {"-": True, "~": None}.get(spelled[0], False)
    names = frozenset(name.lstrip("-~") for name in spelled.removesuffix("?").split("|"))
    return Piece(names, denied, spelled.endswith("?"))
