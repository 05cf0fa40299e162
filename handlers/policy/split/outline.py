"""Where one is in a document: which article, section, list and item are open, and their address. Not here: words."""

from collections.abc import Callable, Sequence

from handlers.policy.split.labels import KEYWORDS, Label
from handlers.policy.split.levels import FURTHER_IN, HEADING, Level, Meanings, encloses, following, is_item, is_next, likely, named

DEEPEST = 12  # things open inside each other; a text that goes deeper is no policy, and would take for ever
LARGEST_GAP = 5  # items that may be missing from a list


class Outline:
    """Keeps what is open, the outermost first; the document itself is always."""

    def __init__(self) -> None:
        self.open: list[Level] = [Level(word="root", section=True)]
        self._asked = 0

    @property
    def here(self) -> Level:
        """The innermost thing that has an address."""
        return next(level for level in reversed(self.open) if level.word != HEADING)

    @property
    def heading(self) -> str:
        """The heading that the words here stand under."""
        return next((level.heading for level in reversed(self.open) if level.heading), "")

    @property
    def lead(self) -> str:
        """The words without which an item here cannot be understood."""
        return " ".join(words for level in self.open for words in (level.lead, level.asks) if words)

    def title(self, heading: str) -> Level:
        """Open a part that has a heading and no label; an article just opened takes it as its own."""
        top = self.open[-1]
        if top.word in KEYWORDS and not top.heading and not top.paragraphs:
            top.heading = heading
            return top
        self._close_to(lambda level: level.word in KEYWORDS)
        return self._push(Level(word=HEADING, heading=heading))

    def paragraph(self, indent: int, coming: Sequence[Label]) -> str:
        """Close what a paragraph of that indentation ends, and return its address: between items 7 and 8, it is a part of 7."""
        self.leave(indent, coming)
        self.here.paragraphs += 1
        return ", ".join(part for part in (self.address(), f"paragraph {self.here.paragraphs}") if part)

    def leave(self, indent: int, coming: Sequence[Label]) -> None:
        """Close the items that end where something without a label stands."""
        while not self.open[-1].kept and indent <= self.open[-1].indent + 1 and not self._goes_on(coming):
            self.open.pop()

    def item(self, label: Label, coming: Sequence[Label], indent: int, lead: str, *, names: bool) -> Level:
        """Open what a label stands for; `names` tells that a heading comes after it."""
        if label.word == "q":
            return self._question(label)
        if label.word in KEYWORDS:
            self._close_to(lambda level: level.word in KEYWORDS and KEYWORDS[level.word] < KEYWORDS[label.word])
            shape, value = label.meanings[0]
            return self._push(Level(label.word, "", shape, value, label.shown, indent=indent, section=True))
        if label.word == "decimal":
            return self._decimal(label, indent, lead)
        return self._listed(label, coming, indent, lead, names=names)

    def address(self) -> str:
        """Return the address of what is open."""
        parts: list[str] = []
        levels = [level for level in self.open[1:] if level.word != HEADING and not self._is_told(level)]
        for before, level in zip([None, *levels], levels, strict=False):
            if parts and before and is_item(before) and is_item(level) and level.number == 1:
                parts[-1] += f"{'' if parts[-1].endswith(')') else ' '}({level.shown})"
            else:
                parts.append(named(level))
        found = ", ".join(parts)
        return found[:1].upper() + found[1:] if levels and (levels[0].section or levels[0].path) else found

    def _goes_on(self, coming: Sequence[Label]) -> bool:
        level = self.open[-1]
        after = following(coming, level.word, level.marks, {level.shape})
        return after is not None and (level.shape, level.value + 1) in after.meanings

    def _is_told(self, level: Level) -> bool:
        """Tell whether a deeper number says this one, too, as 4.2.1 says 4.2."""
        own = level.path or (level.value,)
        deeper = self.open[self.open.index(level) + 1 :]
        saying = [one for one in deeper if one.path[: len(own)] == own and not (level.word == "section" and "(" in one.shown)]
        return level.word in {"", "decimal", "section"} and bool(saying)

    def _question(self, label: Label) -> Level:
        self._close_to(lambda level: level.word in KEYWORDS or level.word == HEADING)
        self._asked = int(label.shown) if label.shown else self._asked + 1
        return self._push(Level("q", value=self._asked, shown=str(self._asked)))

    def _decimal(self, label: Label, indent: int, lead: str) -> Level:
        prefix = next((level for level in reversed(self.open) if encloses(level, label.path)), None)
        before = next((level for level in self.open if level.word == "decimal" and len(level.path) == len(label.path)), None)
        if prefix is None:
            self._close_to(lambda level: level.word in KEYWORDS or level.word == HEADING)
        else:
            del self.open[self.open.index(prefix) + 1 :]
        lead = before.lead if before and before.path[:-1] == label.path[:-1] else lead
        return self._push(Level("decimal", "", "decimal", label.path[-1], label.shown, label.path, indent, lead=lead))

    def _listed(self, label: Label, coming: Sequence[Label], indent: int, lead: str, *, names: bool) -> Level:
        meanings = likely(label, coming)
        kin = [level for level in self.open[1:] if (level.word, level.marks) == (label.word, label.marks)]
        for least, most in ((1, 1), (2, LARGEST_GAP)):
            found = [
                ((level.section != names, abs(level.indent - indent) >= FURTHER_IN, -depth), level, shape, value)
                for depth, level in enumerate(kin)
                for shape, value in meanings
                if level.shape == shape and is_next(level, value, indent, range(least, most + 1))
            ]
            if found:
                _, level, shape, value = min(found, key=lambda one: one[0])
                return self._next(level, label, shape, value or level.value + 1, indent)
        return self._new(label, meanings, kin, indent, lead, names=names)

    def _next(self, level: Level, label: Label, shape: str, value: int, indent: int) -> Level:
        del self.open[self.open.index(level) :]
        shown = label.shown or str(value)
        new = Level(level.word, level.marks, shape, value, shown, indent=indent, lead=level.lead, number=level.number)
        self.open.append(new)
        return new

    def _new(self, label: Label, meanings: Meanings, kin: list[Level], indent: int, lead: str, *, names: bool) -> Level:
        shape, value = next((one for one in meanings if one[1] == 1), meanings[0])
        near = (level for level in reversed(kin) if level.shape == shape and indent < level.indent + FURTHER_IN)
        beside = next((level for level in near if names or not level.section), None)
        if beside is not None and not (lead and beside is self.open[-1]):
            del self.open[self.open.index(beside) :]
        value = value or 1
        level = Level(label.word, label.marks, shape, value, label.shown or str(value), indent=indent, lead=lead)
        kind = "bullet" if label.word else shape.split()[-1]
        self.here.lists[kind] = level.number = self.here.lists.get(kind, 0) + 1
        return self._push(level)

    def _push(self, level: Level) -> Level:
        del self.open[DEEPEST:]
        self.open.append(level)
        return level

    def _close_to(self, stays: Callable[[Level], bool]) -> None:
        while len(self.open) > 1 and not stays(self.open[-1]):
            self.open.pop()
