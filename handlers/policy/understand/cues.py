"""Words as cues: what each phrase may mean, and whether it is denied. Not here: facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.policy.understand.denial import denied_places
from handlers.policy.understand.phrases import longest
from handlers.policy.understand.slips import meant
from handlers.policy.understand.words import Word


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase: its senses (capitals) and, for a single word, itself; and its place in the text."""

    names: frozenset[str]
    start: int
    end: int
    denied: bool = False


def cues(sentence: Sequence[Word]) -> list[Cue]:
    """Return the cues of one sentence, what is denied marked, commas gone."""
    read = [cue for cue in _read(sentence) if "IGNORE" not in cue.names]
    denied = denied_places([cue.names for cue in read])
    return [replace(cue, denied=at in denied) for at, cue in enumerate(read) if "," not in cue.names]


def _read(sentence: Sequence[Word]) -> Iterator[Cue]:
    texts = [meant(word.text) for word in sentence]
    at = 0
    while at < len(texts):
        length, senses = longest(texts, at)
        itself = {texts[at]} if length == 1 else set[str]()
        yield Cue(senses | itself, sentence[at].start, sentence[at + length - 1].end)
        at += length
