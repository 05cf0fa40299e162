"""Long words cut at sentence boundaries, and the words that introduce a list told from the rest. Not here: addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.policy.clauses import cut

LONGEST = 900  # characters of a clause with the words that introduce it
LONGEST_LEAD = 450  # characters: more is a paragraph of its own
LEAST_ROOM = 300  # characters that are left for a clause's own words
BREAKS = ("; ", ": ", ", ", " ")  # where a sentence without end is broken, the best first


@dataclass(frozen=True, slots=True)
class Piece:
    """Some sentences of one paragraph or item: which they are, of how many, and their words."""

    text: str
    first: int
    last: int
    of: int

    @property
    def address(self) -> str:
        """Which sentences these are; nothing when they are all."""
        if self.first == 1 and self.last == self.of:
            return ""
        return f"sentence {self.first}" if self.first == self.last else f"sentences {self.first} to {self.last}"


def sentences(text: str) -> list[str]:
    """Return the sentences of one paragraph, none of them longer than a clause."""
    if not text.strip():
        return []
    found = [sentence.text for sentence in cut(f"{text}.")]  # with a stop, so that nothing is taken for a heading
    found[-1] = found[-1].removesuffix(".")
    if " ".join(found).split() != text.split():
        found = [text]  # it begins with something that is a number elsewhere
    return [part for sentence in found for part in _broken(sentence)]


def introduction(text: str) -> tuple[str, str]:
    """Return the words before the last sentence, and that sentence: it introduces what follows."""
    found = sentences(text)
    lead = found[-1] if found else ""
    return (" ".join(found[:-1]), lead) if len(lead) <= LONGEST_LEAD else (text, "")


def pieces(text: str, lead: str = "") -> list[Piece]:
    """Return the words in pieces that can be quoted, each short enough with the introduction before it."""
    found = sentences(text)
    room = max(LONGEST - len(lead) - 1, LEAST_ROOM)
    cuts: list[Piece] = []
    for first, last in _groups(found, room):
        words = " ".join(found[first:last])
        cuts.append(Piece(f"{lead} {words}".strip(), first + 1, last, len(found)))
    return cuts


def _groups(found: Sequence[str], room: int) -> Iterator[tuple[int, int]]:
    first, length = 0, 0
    for place, sentence in enumerate(found):
        if place > first and length + len(sentence) > room:
            yield first, place
            first, length = place, 0
        length += len(sentence) + 1
    if found:
        yield first, len(found)


def _broken(sentence: str) -> Iterator[str]:
    rest = sentence
    while len(rest) > LONGEST:
        at = next((place + len(mark.rstrip()) for mark in BREAKS if (place := rest.rfind(mark, LEAST_ROOM, LONGEST - 1)) > 0), LONGEST)
        yield rest[:at].strip()
        rest = rest[at:].strip()
    yield rest
