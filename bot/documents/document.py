"""What a document file says once it is read, and the trouble when it says nothing. Not here: the kinds of files."""

from dataclasses import dataclass

from handlers.trouble import Trouble


class Unreadable(Trouble):
    """The file cannot be read: what is wrong with it, and what to do, after the file's name."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text, a paragraph, item, table row or printed line a line, and which lines the file itself marks as headings.

    `others`: the same file read in other ways, likeliest first: with its page numbers, without the numbers of its lists, …
    """

    text: str
    headings: tuple[int, ...] = ()  # line numbers, from 1
    others: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        """Every way to read the file, likeliest first."""
        return (self.text, *self.others)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, item or row on its way into a document: its list label apart, since a copy may lack it."""

    text: str
    label: str = ""
    heading: bool = False


def from_blocks(*readings: list[Block]) -> Document:
    """Return the document of the first reading, with a blank line between blocks; then each reading without labels."""
    texts = [_joined(blocks, labelled=labelled) for labelled in (True, False) for blocks in readings]
    chosen, *others = dict.fromkeys(texts)
    return Document(chosen, _headings(readings[0]), tuple(one for one in others if one.strip()))


def _joined(blocks: list[Block], *, labelled: bool) -> str:
    return "\n\n".join(_line(block) if labelled else block.text for block in blocks)


def _line(block: Block) -> str:
    return f"{block.label} {block.text}" if block.label else block.text


def _headings(blocks: list[Block]) -> tuple[int, ...]:
    found: list[int] = []
    line = 1
    for block in blocks:
        if block.heading:
            found.append(line)
        line += len(_line(block).splitlines()) + 1
    return tuple(found)
