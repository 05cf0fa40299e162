"""The lines of a text without what only the page or its mark-up put there. Not here: which of them belong together."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from handlers.policy.split.labels import label_of

END = re.compile(r"\r\n|\r|\n")
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
QUOTED = re.compile(r"(?:>\s?)+")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")
BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
RULE = re.compile(r"[\s|:=_*–—-]*[=_*–—|-]{3,}[\s|:=_*–—-]*")  # a drawn line, or the one under a table's head
PAGE = re.compile(r"(?:page\s*)?[-–—(\[]*\s*\d{1,4}\s*[-–—)\]]*(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
PAGE_IN_IT = re.compile(r"\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\b", re.IGNORECASE)
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
RUNNING = 3  # times that a running head returns, at least
NEAR = 2  # lines between a running head and its page number, at most
LONGEST_MARKED = 3_000  # characters: no line is longer that somebody marked up
LONGEST_HEAD = 100  # characters
DOUBLE_SPACED = 0.8  # share of lines with one blank line before them
GOING_ON = 0.35  # share of them that go on in small letters: paragraphs do not


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file, and what stood around its words."""

    number: int
    text: str
    indent: int
    blanks: int  # lines before it without words
    heading: bool = False
    page_starts: bool = False


def lines_of(text: str, headings: Collection[int] = ()) -> list[Line]:
    """Return every line with words, except running heads; `headings` are lines that the file itself marks so."""
    return _single_spaced(_without_heads(list(_read(text, frozenset(headings)))))


def _read(text: str, headings: Collection[int]) -> Iterator[Line]:
    blanks, starts = 0, False
    for number, raw in enumerate(END.split(text), start=1):
        starts = starts or "\f" in raw
        line, marked = _plain(UNSEEN.sub("", raw.replace("\f", " ").replace("\v", " ")))
        if not any(char.isalnum() for char in line):
            blanks += 1
            continue
        yield Line(number, line.strip(), len(line) - len(line.lstrip()), blanks, marked or number in headings, starts)
        blanks, starts = 0, False


def _plain(raw: str) -> tuple[str, bool]:
    """Return a line without mark-up, its cells apart, and whether the mark-up makes a heading of it."""
    if len(raw) > LONGEST_MARKED:
        return raw, False
    if RULE.fullmatch(raw):
        return "", False
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    body = QUOTED.sub("", raw.strip(), count=1) if raw.lstrip().startswith(">") else raw.strip()
    heading = MARKDOWN_HEADING.fullmatch(body)
    body = heading[1] if heading else body
    bold = BOLD.fullmatch(body) is not None and body[-3:-2] not in ".:;"
    body = LINK.sub(r"\1", SLANTED.sub(r"\1", BOLD.sub(r"\2", body)))
    return " " * indent + _celled(body.strip("|").strip() if body.startswith("|") else body), heading is not None or bold


def _celled(body: str) -> str:
    """Return tabs as the borders of cells, but for the one after a label."""
    label = label_of(body)
    length = label.length if label else 0
    cells = [" ".join(cell.split()) for cell in re.split(r"\t+|\s\|(?:\s|$)", body[length:])]
    return " ".join(body[:length].split()) + (" " if length else "") + " | ".join(cells)


def _without_heads(lines: list[Line]) -> list[Line]:
    """Leave out page numbers, and what returns beside them on page after page."""
    pages = [place for place, line in enumerate(lines) if _is_page(line)]
    if not _counts_up([lines[place] for place in pages]):
        pages = [place for place in pages if not lines[place].text.isdigit()]
    edges = [*pages, *(place for place, line in enumerate(lines) if line.page_starts)]
    near = {place + step for place in edges for step in range(-NEAR, NEAR + 1)}
    again = Counter(_mark(lines[place]) for place in near if 0 <= place < len(lines))
    gone = set(pages) | {
        place for place in near if 0 <= place < len(lines) and again[_mark(lines[place])] >= RUNNING and _may_run(lines[place])
    }
    found: list[Line] = []
    blanks = 0
    for place, line in enumerate(lines):
        if place in gone:
            blanks += line.blanks + 1
        else:
            found.append(replace(line, blanks=line.blanks + blanks, page_starts=line.page_starts or place - 1 in gone))
            blanks = 0
    return found


def _is_page(line: Line) -> bool:
    return PAGE.fullmatch(line.text) is not None or (
        len(line.text) <= LONGEST_HEAD and PAGE_IN_IT.search(line.text) is not None and _may_run(line)
    )


def _may_run(line: Line) -> bool:
    return len(line.text) <= LONGEST_HEAD and line.text[-1] not in ".;:" and label_of(line.text) is None


def _mark(line: Line) -> str:
    return PAGE_IN_IT.sub("page", line.text.casefold())


def _counts_up(lines: Sequence[Line]) -> bool:
    numbers = [int(found[0]) for line in lines if (found := re.search(r"\d+", line.text))]
    return len(numbers) > 1 and all(after - before in {1, 2} for before, after in pairwise(numbers))


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Where every other line is blank, a blank line means nothing; two do."""
    pairs = list(pairwise(lines))
    spaced = sum(after.blanks == 1 for _, after in pairs)
    going_on = sum(after.blanks == 1 and after.text[0].islower() and before.text[-1] not in ".!?:;" for before, after in pairs)
    if not pairs or spaced < DOUBLE_SPACED * len(pairs) or going_on < GOING_ON * len(pairs):
        return lines
    return [replace(line, blanks=max(0, line.blanks - 1)) for line in lines]
