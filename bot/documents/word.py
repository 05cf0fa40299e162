"""A Word file's body becomes blocks of text. Not here: its list labels (numbering.py), its headers, footers, comments, macros."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.documents.document import Block, Document, Unreadable, from_blocks
from bot.documents.numbering import Numbering
from bot.documents.parts import MC, Parts, W, switched_on

HEADING = re.compile(r"heading \d|title", re.IGNORECASE)
DROPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}txbxContent"})  # a reader of the last version sees none
MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
AROUND = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}body"})
NOTES = 2  # ids of a footnote that is one; those before are the lines drawn above the notes
MOST_IN_A_CELL = 2  # paragraphs: a cell with more is a part of the page's layout, not of a table
LONGEST_HEADING = 200  # characters: more is a paragraph in a heading's clothes


def read(raw: bytes) -> Document:
    """Return a .docx file's words, its footnotes last. Raises Unreadable."""
    parts = Parts(raw)
    reader = _Reader(Numbering(parts))
    body = list(reader.blocks(parts.body))
    notes = list(reader.notes(parts.part("footnotes.xml")))
    if not any(block.text for block in body):
        raise Unreadable("holds no words: if it shows pictures of pages, export the policy from where it was written.")
    return from_blocks(body + notes, body) if notes else from_blocks(body)


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering

    def blocks(self, around: Element) -> Iterator[Block]:
        """Return the paragraphs and rows inside an element, in their order."""
        for child in around:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in AROUND:
                yield from self.blocks(child)

    def notes(self, part: Element | None) -> Iterator[Block]:
        """Return the footnotes."""
        for note in part if part is not None else ():
            if note.get(f"{W}type") is None:
                yield from self.blocks(note)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        lines = "".join(_words(paragraph)).split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        label = self._numbering.label(paragraph) if text else ""
        if text:
            name = self._numbering.style_name(paragraph)
            yield Block(text, label, bool(HEADING.match(name)) and len(text) <= LONGEST_HEADING)
        for box in _boxes(paragraph):
            yield from self.blocks(box)

    def _table(self, table: Element) -> Iterator[Block]:
        for row in table.iter(f"{W}tr"):
            cells = [list(self.blocks(cell)) for cell in row if cell.tag == f"{W}tc"]
            filled = [cell for cell in cells if cell]
            if len(filled) > 1 and all(len(cell) <= MOST_IN_A_CELL for cell in filled):
                yield Block(" | ".join(" ".join(_flat(block) for block in cell) for cell in cells))
            else:
                yield from (block for cell in cells for block in cell)


def _flat(block: Block) -> str:
    return " ".join(f"{block.label} {block.text}".split())


def _words(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in MARKS and child.get(f"{W}type") is None:
            yield MARKS[child.tag]
        elif child.tag == f"{MC}AlternateContent":
            yield from (word for choice in child[:1] for word in _words(choice))
        elif child.tag not in DROPPED and not _is_hidden(child):
            yield from _words(child)


def _is_hidden(run: Element) -> bool:
    return run.tag == f"{W}r" and switched_on(run.find(f"{W}rPr/{W}vanish"))


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Return the text boxes of a paragraph; Word keeps each twice, the second for old programs."""
    for child in paragraph:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != f"{MC}Fallback":
            yield from _boxes(child)
