"""What stands on top and at the foot of every page, taken off: titles, page numbers, dates. Not here: how pages are read."""

import re
from collections import Counter
from collections.abc import Sequence

DEEP = 4  # lines of a running head or foot, at most
MOST = 0.5  # share of the pages on which a line has to stand to be a running one
NUMBER = re.compile(r"(?:page\s*)?[-–—(\[]*\s*\d{1,4}\s*[-–—)\]]*(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


def without_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages, one after the other, without running heads and feet, a form feed after each."""
    bare = [_trimmed(page) for page in pages]
    tops = Counter(mark for page in bare for mark in {_mark(line) for line in _edge(page)})
    feet = Counter(mark for page in bare for mark in {_mark(line) for line in _edge(page[::-1])})
    enough = max(2, MOST * len(bare))
    found: list[str] = []
    for page in bare:
        rest = page[_running(page, tops, enough) :]
        end = _running(rest[::-1], feet, enough)
        found += [*rest[: len(rest) - end], "\f"]
    return found


def _trimmed(page: Sequence[str]) -> list[str]:
    filled = [place for place, line in enumerate(page) if line.strip()]
    return list(page[filled[0] : filled[-1] + 1]) if filled else []


def _edge(page: Sequence[str]) -> list[str]:
    return [line for line in page if line.strip()][:DEEP]


def _mark(line: str) -> str:
    """Return what is the same on every page: the line without its numbers."""
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _running(page: Sequence[str], marks: Counter[str], enough: float) -> int:
    """Return how many lines from the edge on are running ones."""
    last = filled = 0
    for place, line in enumerate(page, start=1):
        if not line.strip():
            continue
        filled += 1
        if filled > DEEP or not (NUMBER.fullmatch(line.strip()) or marks[_mark(line)] >= enough):
            break
        last = place
    return last
