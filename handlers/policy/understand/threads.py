"""Whether a turn is a question of its own or goes on with the turns before. Not here: facts."""

from collections.abc import Sequence
from functools import cache
from itertools import dropwhile

from handlers.policy.understand.cues import Cue
from handlers.policy.understand.patterns import Pattern, pattern
from handlers.policy.understand.rules.thread import BEGINS_ANEW, FILLERS, GOES_ON, OTHERS

Sentences = Sequence[Sequence[Cue]]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PEOPLE = frozenset({"KID", "UNIT", "PARENT", "FORMER", "CHILD", "SIBLING", "RELATIVE", "COMMUNITY", "COLLEAGUE"})
_PRONOUNS = frozenset({"them", "him", "they", "he", "she", "THEIR"})
_POINTERS = frozenset({"that", "this", "those", "these"})
# What stands behind "that" where it points at something; before a name or a clause it points at nothing.
_BEHIND_POINTER = _words(
    "with for from on to when if by at and or too instead now then still be is was ok way through via KID TEAM GROUP PARENT PERMITTED"
)
_FILLERS = _words(FILLERS)
_BEFORE_EMPTY_IT = frozenset({"is", "was", "would", "does", "think", "make", "makes"})  # "is it wrong to …" points at nothing


def says_something(cues: Sequence[Cue]) -> bool:
    """Whether this is more than "ok", "thanks" or "yes"."""
    return not all(map(_is_filler, cues))


def goes_on(turn: Sentences) -> bool:
    """Whether the turn needs the ones before: it begins like a follow-up, or points at somebody it has not named."""
    said = _without_fillers(turn)
    return _points(turn) or any(line.find(said, _names(said)) for line in _lines(GOES_ON))


def begins_anew(turn: Sentences) -> bool:
    """Whether the turn says that it is about something else."""
    return any(line.find(cues, _names(cues)) for cues in turn[:2] for line in _lines(BEGINS_ANEW))


def names_others(turn: Sentences) -> bool:
    """Whether the turn names people of its own."""
    return any(line.find(cues, _names(cues)) for cues in turn for line in _lines(OTHERS))


def _points(turn: Sentences) -> bool:
    for cues in turn:
        for at, cue in enumerate(cues):
            if not PEOPLE.isdisjoint(cue.names):
                return _determines(cues, at)
            if not _PRONOUNS.isdisjoint(cue.names) or _points_at_thing(cues, at):
                return True
    return False


def _determines(cues: Sequence[Cue], at: int) -> bool:
    return at > 0 and not _POINTERS.isdisjoint(cues[at - 1].names)


def _points_at_thing(cues: Sequence[Cue], at: int) -> bool:
    names = cues[at].names
    if "it" in names:
        return at == 0 or _BEFORE_EMPTY_IT.isdisjoint(cues[at - 1].names)
    return not _POINTERS.isdisjoint(names) and (at + 1 == len(cues) or not _BEHIND_POINTER.isdisjoint(cues[at + 1].names))


def _without_fillers(turn: Sentences) -> Sequence[Cue]:
    """Return the first sentence that says something, from where it does."""
    said = (list(dropwhile(_is_filler, cues)) for cues in turn)
    return next(filter(None, said), [])


def _is_filler(cue: Cue) -> bool:
    return not _FILLERS.isdisjoint(cue.names)


def _names(cues: Sequence[Cue]) -> frozenset[str]:
    return frozenset(name for cue in cues for name in cue.names)


@cache
def _lines(block: str) -> tuple[Pattern, ...]:
    return tuple(pattern(line) for line in block.strip().splitlines())
