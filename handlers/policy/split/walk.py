"""One goes through a document piece by piece, knows where one is, and notes each clause with what introduces it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from handlers.policy.split.blocks import Block
from handlers.policy.split.headings import is_heading, is_question
from handlers.policy.split.labels import KEYWORDS, Label, follows
from handlers.policy.split.levels import Level
from handlers.policy.split.outline import Outline
from handlers.policy.split.pieces import introduction, pieces
from handlers.policy.split.rows import as_sentence, is_head

OPENS_LIST = (":", "—", "–")  # what a sentence ends with that introduces items
QUESTION = Label("q", ":", "", (("number", 0),), 0)  # what a question without a label stands for
FORESIGHT = 60  # pieces: a list's next item is not further away


@dataclass(frozen=True, slots=True)
class Clause:
    """A quotable part of the text: its address, the heading above it, its words with those that introduce it, and its lines."""

    locator: str
    heading: str
    text: str
    first: int  # lines, from 1
    last: int
    lead: str = ""  # the words of `text` that introduce it


@dataclass(slots=True)
class _Lead:
    """Words that introduce what follows: a clause of their own when nothing does."""

    text: str = ""
    clause: Clause | None = None


class Walk:
    """Goes once; `clauses` returns what was noted, in the order of the text."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._outline = Outline()
        self._found: list[Clause] = []
        self._lead = _Lead()
        self._bare: tuple[Level, Clause] | None = None  # a heading that nothing stands under so far
        self._head: tuple[str, ...] = ()  # of the table that one is in
        self._row = 0
        self._headings = 0

    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause."""
        for place, block in enumerate(self._blocks):
            self._step(place, block)
        self._lead_over()
        self._outline = Outline()
        self._heading_over()
        return tuple(sorted(self._found, key=lambda clause: clause.first))

    def _step(self, place: int, block: Block) -> None:
        following = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
        if self._row and not block.cells:  # the table is over, and what introduced it
            self._head, self._row, self._lead = (), 0, _Lead()
        if block.cells:
            self._cells(block, following, self._coming(place))
        elif block.label and block.label.word != "a":
            self._labelled(block, block.label, following, self._coming(place))
        elif is_question(block, following):
            self._labelled(block, QUESTION, following, ())
        elif is_heading(block, following) and not (self._lead.text and not block.heading):
            self._titled(block)
        else:
            self._paragraph(block, following, self._coming(place))

    def _titled(self, block: Block) -> None:
        self._lead_over()
        level = self._outline.title(block.text.rstrip(":"))
        self._headings += 1
        if not block.named:
            self._heads(level, block, f"heading {self._headings}")

    def _labelled(self, block: Block, label: Label, following: Block | None, coming: Sequence[Label]) -> None:
        names = is_heading(block, following) or (label.word in KEYWORDS and not block.text)
        level = self._outline.item(label, coming, block.indent, self._lead.text, names=names)
        if self._lead.text and level.lead == self._lead.text:
            self._lead = _Lead()
        self._lead_over()
        if label.word == "q":
            level.heading = level.asks = block.text
            self._heads(level, block, self._outline.address())
        elif names:
            level.section, level.heading = True, block.text.rstrip(":.")
            if block.text.endswith("?"):
                level.asks = block.text
            elif block.text.endswith("."):  # it may be a short rule as well
                self._note(block, self._outline.address(), "", block.text)
            self._heads(level, block, self._outline.address())
        else:
            level.paragraphs = 1
            self._words(block, following, self._outline.address(), self._outline.lead)

    def _paragraph(self, block: Block, following: Block | None, coming: Sequence[Label]) -> None:
        locator = self._outline.paragraph(block.indent, coming)
        lead = self._outline.lead
        if self._lead.text and not _opens(block, following):
            lead = f"{lead} {self._lead.text}".strip()
            self._lead.clause = None
            if block.text.endswith("."):
                self._lead = _Lead()
        else:
            self._lead_over()
        self._words(block, following, locator, lead)

    def _words(self, block: Block, following: Block | None, locator: str, lead: str) -> None:
        text, opening = introduction(block.text) if _opens(block, following) else (block.text, "")
        self._note(block, locator, lead, text)
        if opening:
            self._lead = _Lead(opening, self._clause(block, locator, f"{lead} {opening}".strip()))

    def _note(self, block: Block, locator: str, lead: str, text: str) -> None:
        if text or lead:
            self._bare = None
        for piece in pieces(text, lead):
            address = f"{locator}, {piece.address}" if piece.address else locator
            self._found.append(replace(self._clause(block, address, piece.text), lead=lead))

    def _clause(self, block: Block, locator: str, text: str) -> Clause:
        self._bare = None
        return Clause(locator, self._outline.heading, text, block.first, block.last)

    def _cells(self, block: Block, following: Block | None, coming: Sequence[Label]) -> None:
        if not self._row:
            if not self._lead.text:
                self._outline.leave(block.indent, coming)
            self._outline.here.lists["table"] = self._outline.here.lists.get("table", 0) + 1
            if is_head(block, following):
                self._head = block.cells
        self._row += 1
        if self._head is block.cells:
            return
        where = f"table {self._outline.here.lists['table']}, row {self._row}"
        around = self._outline.address()
        lead = f"{self._outline.lead} {self._lead.text}".strip()
        self._lead.clause = None
        self._note(block, f"{around}, {where}" if around else where, lead, as_sentence(self._head, block.cells))

    def _coming(self, place: int) -> list[Label]:
        """Return the labels to come, up to the next heading without one."""
        found: list[Label] = []
        for block, following in pairwise([*self._blocks[place + 1 : place + 1 + FORESIGHT], None]):
            if block is None or (block.label is None and is_heading(block, following)):
                break
            if block.label:
                found.append(block.label)
        return found

    def _lead_over(self) -> None:
        """Nothing more follows the words that introduce: unless something did, they are a clause."""
        if self._lead.clause:
            self._found.append(self._lead.clause)
        self._lead = _Lead()

    def _heads(self, level: Level, block: Block, locator: str) -> None:
        self._heading_over()
        self._bare = (level, Clause(locator, "", block.text, block.first, block.last)) if block.text else None

    def _heading_over(self) -> None:
        """Nothing stands under a heading that is closed: then it is the clause."""
        if self._bare and self._bare[0] not in self._outline.open:
            self._found.append(self._bare[1])
        self._bare = None


def _opens(block: Block, following: Block | None) -> bool:
    """Tell whether a piece introduces the next one."""
    if following is None or following.heading:
        return False
    first = following.label is not None and following.label.word not in {"q", "a", *KEYWORDS}
    beside = bool(block.label and following.label and follows(block.label, following.label))
    if block.text.endswith(OPENS_LIST):
        return not beside
    begins = bool(first and following.label and (following.label.is_first or following.label.word == "bullet"))
    alike = bool(block.label and following.label and following.indent <= block.indent and _kind(block.label) == _kind(following.label))
    return begins and not beside and not alike and block.text[-1:] not in {".", ";", "!", "?", ","}


def _kind(label: Label) -> tuple[str, str, str]:
    return label.word, label.marks if label.word != "bullet" else "", label.meanings[0][0]
