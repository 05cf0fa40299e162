"""A saved web page becomes blocks of text: what a reader sees, main part first. Not here: scripts, styles, hidden parts."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.documents.document import Block, Document, Unreadable, from_blocks
from bot.documents.numerals import numeral
from bot.documents.plain import decoded

UNSEEN = frozenset(
    "audio canvas embed head iframe math noscript object option script select style svg template textarea title video".split()  # noqa: SIM905  # shorter to read
)
ASIDE = frozenset({"aside", "footer", "form", "header", "nav"})  # the page around the policy
MAIN = frozenset({"article", "main"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
VOID = frozenset("area base br col hr img input link meta source track wbr".split())  # noqa: SIM905  # shorter to read
INLINE = frozenset(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup"  # noqa: SIM905  # shorter to read
    " time tt u var wbr img input".split()
)
CLOSES = {"li": ({"li"}, {"ol", "ul"}), "td": ({"td", "th"}, {"tr"}), "th": ({"td", "th"}, {"tr"}), "tr": ({"tr"}, {"table"})}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
STYLES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
NAMED = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}
DEEPEST = 400  # elements inside each other: a page has some dozens
MOST_IN_A_CELL = 2  # blocks: a cell with more is a part of the page's layout, not of a table
LEAST_MAIN = 200  # characters: a main part with less is a mistake of the page's

Attributes = dict[str, str]


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: Attributes
    unseen: bool
    count: int = 0  # items so far, of a list
    cells: list[list[Block]] = field(default_factory=list)  # of a table's row


def read(raw: bytes) -> Document:
    """Return a page's words: its main part; otherwise all of it. Raises Unreadable."""
    page = _Page()
    page.feed(decoded(raw))
    page.finish()
    if not any(block.text.strip() for block in page.whole):
        raise Unreadable(
            "holds no text that a reader would see: save the page once it shows the policy, or copy its text into a .txt file."
        )
    main = page.main if sum(len(block.text) for block in page.main) >= LEAST_MAIN else page.body
    return from_blocks(*[part for part in (main, page.body, page.whole) if part])


class _Page(HTMLParser):
    """Walks through a page once; elements that nobody closed end with the one around them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.main: list[Block] = []
        self.body: list[Block] = []
        self.whole: list[Block] = []
        self._open: list[_Element] = []
        self._words: list[str] = []
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._words.append("\n")
        elif tag not in INLINE:
            self._flush()
        if tag not in VOID:
            self._end_before(tag)
            self._start(tag, {name: value or "" for name, value in attrs})

    def _start(self, tag: str, given: Attributes) -> None:
        if len(self._open) >= DEEPEST:
            raise Unreadable("is nested too deeply to be a policy: copy its text into a .txt file.")
        unseen = tag in UNSEEN or "hidden" in given or bool(HIDDEN.search(given.get("style", "")))
        element = _Element(tag, given, unseen or (bool(self._open) and self._open[-1].unseen))
        if tag == "li":
            self._label = self._item(given)
        if tag in {"td", "th"} and (row := self._nearest("tr")):
            row.cells.append([])
        self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            self._close_to(tag)
        elif tag == "p":
            self._flush()

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1].unseen):
            plain = any(element.tag == "pre" for element in self._open)
            self._words.append(data if plain else re.sub(r"\s+", " ", data))

    def finish(self) -> None:
        """Close what nobody closed."""
        self.close()
        while self._open:
            self._pop()
        self._flush()

    def _end_before(self, tag: str) -> None:
        """An item ends the item before it, a cell the cell, a block the paragraph: pages leave these ends out."""
        ends, within = CLOSES.get(tag, (set(), set()))
        for element in reversed(self._open):
            if element.tag in within:
                return
            if element.tag in ends:
                self._close_to(element.tag)
                return
        if tag not in INLINE and self._open and self._open[-1].tag == "p":
            self._pop()

    def _close_to(self, tag: str) -> None:
        while self._pop().tag != tag:
            pass

    def _pop(self) -> _Element:
        element = self._open[-1]
        if element.tag not in INLINE:
            self._flush()
        self._open.pop()
        if element.tag == "tr":
            self._end_row(element.cells)
        return element

    def _end_row(self, cells: list[list[Block]]) -> None:
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) <= MOST_IN_A_CELL for cell in filled):
            self._keep(Block(" | ".join(" ".join(block.text for block in cell) for cell in cells)))
        else:
            for block in (block for cell in cells for block in cell):
                self._keep(block)

    def _item(self, given: Attributes) -> str:
        owner = self._nearest("ol", "ul")
        if owner is None or owner.tag == "ul":
            return "•"
        start = owner.attributes.get("start", "")
        first = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
        owner.count = int(given["value"]) if re.fullmatch(r"\d{1,4}", given.get("value", "")) else (owner.count or first - 1) + 1
        look = re.search(r"list-style(?:-type)?\s*:\s*([\w-]+)", owner.attributes.get("style", ""))
        kind = NAMED.get(look[1], "1") if look else owner.attributes.get("type", "1")
        return f"{numeral(owner.count, STYLES.get(kind, 'decimal'))}."

    def _nearest(self, *tags: str) -> _Element | None:
        return next((element for element in reversed(self._open) if element.tag in tags), None)

    def _flush(self) -> None:
        lines = "".join(self._words).replace("\u00ad", "").replace("\u200b", "").split("\n")
        self._words = []
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        if text:
            heading = any(element.tag in HEADINGS for element in self._open)
            self._keep(Block(text, self._label, heading))
            self._label = ""

    def _keep(self, block: Block) -> None:
        """Put a block into the cell it stands in, else onto the page."""
        row = self._nearest("tr")
        if row is not None and row.cells:
            row.cells[-1].append(block)
            return
        around = {element.tag for element in self._open} | {element.attributes.get("role", "") for element in self._open}
        self.whole.append(block)
        if not around & ASIDE:
            self.body.append(block)
            if around & MAIN:
                self.main.append(block)
