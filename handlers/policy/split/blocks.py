"""Lines become paragraphs, items, headings and table rows, each whole again. Not here: where they stand in the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from handlers.policy.split.dates import dated
from handlers.policy.split.hyphens import HYPHENS, together, words_of
from handlers.policy.split.labels import Label, follows, label_of
from handlers.policy.split.lines import Line

OPENERS = "\"'[\u201c\u2018"
CLOSERS = "\"')]\u201d\u2019*_"
CELL = " | "
NARROWEST, WIDEST = 30, 140  # characters: lines of another length were not broken by a page's margin
SHORTEST = 25  # characters of a line that a paragraph may go on from after a blank one: less is an item
LEAST_FULL = 60  # characters of a line in a list without labels that goes on in the next one
FULL = 0.8  # of a line's width: the margins of a page are ragged
MARGIN = 0.9  # the share of lines that keep within the width
FIRST_INDENT = 2  # characters by which a paragraph's first line stands further in
REFERS = frozenset(
    "section sections subsection paragraph item items article policy regulation rule title part chapter in under of see grades grade"  # noqa: SIM905  # shorter to read
    " than least by with § and or to through".split()
)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the document: its words, the label before them, and the lines they stand on."""

    text: str
    first: int
    last: int
    label: Label | None = None
    label_text: str = ""
    indent: int = 0
    heading: bool = False  # marked so by the file
    cells: tuple[str, ...] = ()
    named: bool = False  # it is the title, and told apart

    @property
    def whole(self) -> str:
        """The words as printed, with their label."""
        return f"{self.label_text} {self.text}".strip()


@dataclass(slots=True)
class _Growing:
    lines: list[Line]
    label: Label | None
    texts: list[str] = field(default_factory=list)
    listed: bool = False  # it may be an item without a label


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Return the pieces of a document in their order."""
    known = words_of("\n".join(line.text for line in lines))
    tables = _in_tables(lines)
    width = _width(lines)
    return [_block(one, known, tables) for one in _grown(lines, tables, width)]


def _grown(lines: Sequence[Line], tables: frozenset[int], width: int) -> Iterator[_Growing]:
    here: _Growing | None = None
    labels: list[Label] = []
    for line in lines:
        label = None if line.number in tables else _label(line, here.lines[-1] if here else None, labels)
        labels += [label] if label else []
        text = line.text[label.length :] if label else line.text
        if here and label is None and _goes_on(here, line, tables, width):
            here.lines.append(line)
            here.texts.append(text)
            continue
        if here:
            yield here
        here = _Growing([line], label, [text], label is None and here is not None and _lists(here))
    if here:
        yield here


def _label(line: Line, before: Line | None, labels: Sequence[Label]) -> Label | None:
    found = label_of(line.text)
    return None if found and before and not line.heading and _is_prose(before, line, found, labels) else found


def _is_prose(before: Line, line: Line, label: Label, labels: Sequence[Label]) -> bool:
    """Tell whether what looks like a label only happens to begin a line, as in "grades 9 or" and "10. Staff"."""
    if label.word == "bullet":
        return label.marks == "o" and not any(one.word == "bullet" for one in labels[-1:])
    if line.blanks or not is_open(before.text) or any(follows(one, label) for one in labels[-12:]):
        return False
    last = re.split(r"\s", before.text)[-1].casefold()
    if last in REFERS or (last.rstrip(",") in REFERS and label.word):
        return True
    return not (label.is_first or label.word)


def _goes_on(here: _Growing, line: Line, tables: frozenset[int], width: int) -> bool:
    """Tell whether a line without a label continues what is being read."""
    before = here.lines[-1]
    if line.number in tables or before.number in tables or line.heading or before.heading:
        return here.label is not None and not any(here.texts) and line.number not in tables and line.blanks <= 1
    if not any(here.texts):
        return line.blanks <= 1
    if dated(line.text) or (dated(before.text) and before.text[-1] not in ",;"):
        return False
    smooth = is_open(before.text) and not line.text[0].isupper() and line.text[0] not in OPENERS and not here.listed
    if line.blanks and not (line.page_starts and is_open(before.text)):
        return smooth and line.text[0].islower() and (len(here.lines) > 1 or len(before.text) > max(FULL * width / 2, SHORTEST))
    if not width:
        return smooth and line.text[0].islower()
    fits = before.indent + len(before.text) + 1 + len(line.text.split()[0]) < (
        max(width, LEAST_FULL) if here.listed or before.text[-1] == ":" else FULL * width
    )
    begins = line.indent >= before.indent + FIRST_INDENT and not is_open(before.text) and here.label is None
    return smooth if fits else not begins


def _lists(before: _Growing) -> bool:
    """Tell whether items without labels may follow: after a colon, and until one of them ends with a full stop."""
    end = before.lines[-1].text[-1]
    return end == ":" or (before.listed and end != ".")


def is_open(text: str) -> bool:
    """Tell whether a sentence goes on after the text."""
    return text.rstrip(CLOSERS)[-1:] not in {".", "!", "?", ":", ";"}


def _width(lines: Sequence[Line]) -> int:
    """Return where the page's margin broke the lines; 0 when none did."""
    lengths = sorted(line.indent + len(line.text) for line in lines)
    width = lengths[int(MARGIN * (len(lengths) - 1))] if lengths else 0
    return width if NARROWEST <= width <= WIDEST else 0


def _in_tables(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that are rows: they have cells, and so has a neighbour."""
    celled = [CELL in line.text for line in lines]
    return frozenset(
        line.number
        for place, line in enumerate(lines)
        if celled[place] and ((place and celled[place - 1]) or (place + 1 < len(lines) and celled[place + 1]))
    )


def _block(one: _Growing, known: frozenset[str], tables: frozenset[int]) -> Block:
    first, last = one.lines[0], one.lines[-1]
    text = ""
    for part in one.texts:
        text = _joined(text, " ".join(part.split()), known)
    cells = tuple(cell.strip() for cell in first.text.split(CELL)) if first.number in tables else ()
    before = first.text[: one.label.length].strip() if one.label else ""
    return Block(text, first.number, last.number, one.label, before, first.indent, any(line.heading for line in one.lines), cells)


def _joined(text: str, part: str, known: frozenset[str]) -> str:
    if not text or not part:
        return text or part
    if text[-1] in HYPHENS and text[-2:-1].isalpha() and part[0].isalpha():  # the hyphen of typographers
        return together(text[:-1], part, known) if part[0].islower() else text + part
    return text + part if text[-1] == "/" else f"{text} {part}"
