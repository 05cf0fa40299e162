"""A turn as sentences of cues, set phrases read as one. Not here: facts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.policy.understand.cues import Cue, cues
from handlers.policy.understand.patterns import pattern
from handlers.policy.understand.rules.set_phrases import SET_PHRASES
from handlers.policy.understand.words import Word, words

# Here the asker turns to another case: what was said of the first one is a case of its own.
_TURNS = (("but",), ("what", "about"), ("what", "if"), ("how", "about"), ("and", "if"), ("and", "what"), ("suppose",))


def sentences(text: str) -> Iterator[list[Cue]]:
    """Yield the cues of each sentence of a plain text, and of each part that turns to another case."""
    for part in _parts(words(text)):
        read = cues(part)
        if read:
            yield _one_by_one(_as_asker(read))


def _parts(whole: Sequence[Word]) -> Iterator[list[Word]]:
    part: list[Word] = []
    for at, word in enumerate(whole):
        if part and (word.is_stop or _turns(whole, at)):
            yield part
            part = []
        if not word.is_stop:
            part.append(word)
    yield part


def _turns(whole: Sequence[Word], at: int) -> bool:
    return any(tuple(word.text for word in whole[at : at + len(turn)]) == turn for turn in _TURNS)


def _as_asker(read: list[Cue]) -> list[Cue]:
    """A coach asked about in the third person stands for the asker: "their own phone" is then the coach's."""
    theirs = pattern("can|may|MAYI|should|could|when|if|for|does|do|is|are|must|MUSTI a|an|the|our|any? SCHOOL? STAFF").find(
        read, _names(read)
    )
    if not theirs:
        return read
    return [replace(cue, names=cue.names - {"THEIR"} | {"MY"}) if _own_follows(read, at) else cue for at, cue in enumerate(read)]


def _own_follows(read: Sequence[Cue], at: int) -> bool:
    return "THEIR" in read[at].names and at + 1 < len(read) and "OWN" in read[at + 1].names


def _one_by_one(read: list[Cue]) -> list[Cue]:
    for name, lines in SET_PHRASES.items():
        for line in lines.strip().splitlines():
            read = _folded(read, name, line)
    return read


def _folded(read: list[Cue], name: str, line: str) -> list[Cue]:
    found = pattern(line).find(read, _names(read))
    if not found:
        return read
    first, last = read[found[0]], read[found[1] - 1]
    one = Cue(frozenset({name}), first.start, last.end)
    return [*read[: found[0]], one, *read[found[1] :]]


def _names(read: Sequence[Cue]) -> frozenset[str]:
    return frozenset(name for cue in read for name in cue.names)
