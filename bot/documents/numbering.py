"""The list labels of a Word file ("Article II.", "(b)", "3.1"), which it keeps as rules and counts anew. Not here: its words."""

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from bot.documents.numerals import numeral
from bot.documents.parts import Parts, W, switched_on

LEVELS = 9  # as many as Word has
LARGEST = 9_999  # a list has fewer items
LONGEST = 60  # characters of a label
VAL = f"{W}val"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `text` has %1 where the number of level 1 stands."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False  # every number as digits


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str
    number: str | None
    level: int | None


class Numbering:
    """Counts while the paragraphs go by; every list that shares an abstract one counts on, unless it says where to begin."""

    def __init__(self, parts: Parts) -> None:
        self._styles = _styles(parts.part("styles.xml"))
        self._lists = _lists(parts.part("numbering.xml"))
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def style_name(self, paragraph: Element) -> str:
        """Return the name of a paragraph's style, such as "heading 1"."""
        style = self._styles.get(_value(paragraph, f"{W}pPr/{W}pStyle"))
        return style.name if style else ""

    def label(self, paragraph: Element) -> str:
        """Return a paragraph's label, "" when it has none, and count it."""
        number, level = self._numbered(paragraph)
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        counts = self._counted(number, found, level)
        here = found.levels[level]
        if here.style == "bullet":
            return "•"
        return re.sub(r"%([1-9])", lambda match: _shown(found, counts, int(match[1]) - 1, legal=here.legal), here.text).strip()[:LONGEST]

    def _counted(self, number: str, found: _List, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.abstract, {})
        if level in found.restarts and (number, level) not in self._begun:
            self._begun.add((number, level))
            counts[level] = found.restarts[level]
        else:
            counts[level] = min(counts.get(level, found.levels[level].start - 1) + 1, LARGEST)
        for deeper in range(level + 1, LEVELS):
            counts.pop(deeper, None)
        return counts

    def _numbered(self, paragraph: Element) -> tuple[str, int]:
        """Return which list and level a paragraph is in: by itself, else by its style or the style under that."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, level = _numbers(own)
        style = self._styles.get(_value(paragraph, f"{W}pPr/{W}pStyle"))
        for _ in range(LEVELS + 1):
            if style is None or (number is not None and level is not None):
                break
            number = style.number if number is None else number
            level = style.level if level is None else level
            style = self._styles.get(style.based_on)
        return number or "", level or 0


def _shown(found: _List, counts: dict[int, int], level: int, *, legal: bool) -> str:
    rule = found.levels.get(level, Level())
    style = "decimal" if legal else rule.style
    return numeral(counts.get(level, rule.start), style)


def _styles(part: Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for style in part if part is not None else ():
        number, level = _numbers(style.find(f"{W}pPr/{W}numPr"))
        name = _value(style, f"{W}name")
        found[style.get(f"{W}styleId", "")] = _Style(name, _value(style, f"{W}basedOn"), number, level)
    return found


def _lists(part: Element | None) -> dict[str, _List]:
    if part is None:
        return {}
    abstract = {one.get(f"{W}abstractNumId", ""): _levels(one) for one in part.findall(f"{W}abstractNum")}
    found: dict[str, _List] = {}
    for one in part.findall(f"{W}num"):
        key = _value(one, f"{W}abstractNumId")
        levels = dict(abstract.get(key, {}))
        restarts: dict[int, int] = {}
        for change in one.findall(f"{W}lvlOverride"):
            level = _number(change.get(f"{W}ilvl"))
            levels |= _levels(change)
            if (start := change.find(f"{W}startOverride")) is not None:
                restarts[level] = _number(start.get(VAL))
                levels[level] = replace(levels.get(level, Level()), start=restarts[level])
        found[one.get(f"{W}numId", "")] = _List(key, levels, restarts)
    return found


def _levels(around: Element) -> dict[int, Level]:
    return {
        _number(one.get(f"{W}ilvl")): Level(
            start=_number(_value(one, f"{W}start") or "1"),
            style=_value(one, f"{W}numFmt") or "decimal",
            text=_value(one, f"{W}lvlText"),
            legal=switched_on(one.find(f"{W}isLgl")),
        )
        for one in around.findall(f"{W}lvl")
    }


def _numbers(own: Element | None) -> tuple[str | None, int | None]:
    if own is None:
        return None, None
    number, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
    return (
        number.get(VAL) if number is not None else None,
        _number(level.get(VAL)) if level is not None else None,
    )


def _value(around: Element, path: str) -> str:
    found = around.find(path)
    return found.get(VAL, "") if found is not None else ""


def _number(text: str | None) -> int:
    return min(int(text), LARGEST) if text and text.isascii() and text.isdigit() else 0
