"""One thing that is open in a document, an article, a list, a question, and its part of an address. Not here: what encloses what."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.policy.split.labels import KEYWORDS, Label

Meanings = tuple[tuple[str, int], ...]

FURTHER_IN = 3  # characters of indentation that make a list another one
HEADING = "heading"
KEPT = frozenset({HEADING, "q", *KEYWORDS})  # a paragraph without a label does not end these


@dataclass(slots=True, eq=False)  # two levels may say the same, and are two
class Level:
    """One thing that is open: an article, a list at its item, a question, or a heading."""

    word: str = ""  # as of its label
    marks: str = ""
    shape: str = ""
    value: int = 0
    shown: str = ""
    path: tuple[int, ...] = ()
    indent: int = 0
    heading: str = ""
    lead: str = ""  # the words that introduce the list
    asks: str = ""  # the question that all in it answers
    section: bool = False
    number: int = 1  # which list it is, of those in the same place
    paragraphs: int = 0
    lists: dict[str, int] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether paragraphs without a label belong to it."""
        return self.section or self.word in KEPT


def is_next(level: Level, value: int, indent: int, steps: range) -> bool:
    """Tell whether a label goes on with a list; bullets tell nothing but how far in they stand."""
    if level.word == "bullet":
        return indent < level.indent + FURTHER_IN and steps.start == 1
    return value - level.value in steps


def likely(label: Label, coming: Sequence[Label]) -> Meanings:
    """Return what a label may stand for, once the next one of its kind is seen: "i" before "j" is a letter, before "ii" is not."""
    after = following(coming, label.word, label.marks, {shape for shape, _ in label.meanings})
    if after is None or len(label.meanings) == 1:
        return label.meanings
    found = tuple((shape, value) for shape, value in label.meanings if (shape, value + 1) in after.meanings)
    return found or label.meanings


def following(coming: Sequence[Label], word: str, marks: str, shapes: set[str]) -> Label | None:
    """Return the next label of a kind."""
    alike = (label for label in coming if (label.word, label.marks) == (word, marks))
    return next((label for label in alike if any(shape in shapes for shape, _ in label.meanings)), None)


def encloses(level: Level, path: tuple[int, ...]) -> bool:
    """Tell whether a level's number is the beginning of a longer one."""
    own = level.path or ((level.value,) if level.shape == "number" else ())
    return 0 < len(own) < len(path) and path[: len(own)] == own


def is_item(level: Level) -> bool:
    """Tell whether a level is an item of a numbered or lettered list."""
    return not level.section and not level.word


def named(level: Level) -> str:
    """Return a level's own part of an address."""
    ordinal = f"list {level.number}, " if level.number > 1 else ""
    if level.word == "q":
        return f"Q {level.shown}"
    if level.word in KEYWORDS:
        return f"{level.word} {level.shown}"
    if level.word == "decimal":
        return f"{'item' if '(' in level.shown else 'section'} {level.shown}"
    if level.section:
        return f"{ordinal}section {level.shown}"
    if level.word == "bullet":
        return f"{ordinal}bullet {level.shown}"
    return f"{ordinal}item {level.shown if level.shape == 'number' else f'({level.shown})'}"
