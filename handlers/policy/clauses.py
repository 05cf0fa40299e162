"""A district's text, cut into sentences with addresses a person can follow ("item 5, sentence 2") and quoted by them.

Not here: files and formats, and what a sentence means.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

_SHORT = 90
_SHORT_TITLE = 120
_LIST = re.compile(r"(\d{1,3})[.)]\s+")
_LETTER = re.compile(r"([a-z])[.)]\s+")
_CLOSERS = "\"')]\u201d\u2019\u00bb"
_OPENERS = "\"'([\u201c\u2018\u00ab"
_STOP = re.compile(rf"[.!?][{re.escape(_CLOSERS)}]*(?=\s)|\)(?=\s)")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+")
_ASIDE = re.compile(r"\([^()]*\s[^()]*\)")
_TITLES = frozenset({"st", "mr", "mrs", "ms", "dr", "prof", "rev", "fr", "sr", "vs", "cf", "asst", "supt", "dept"})
_BEFORE_NUMBERS = frozenset({"no", "nos", "sec", "secs", "art", "ch", "pp", "par", "vol", "fig", "div", "reg", "regs"})

_NUMBERS = r"\d+(?: to \d+)?"
_PART = re.compile(
    r"(?P<block>(?:list \d+, )?item \d+(?: \([a-z]\))?|paragraph \d+|heading \d+)"
    rf"(?:, sentences? (?P<sentences>{_NUMBERS}(?:(?:, | and ){_NUMBERS})*))?"
)
_PRINTED = re.compile(rf"(?P<block>.+?)(?:, sentences? (?P<sentences>{_NUMBERS}(?:(?:, | and ){_NUMBERS})*))?")  # as the text counts itself
_BETWEEN_PARTS = re.compile(r"(?:;| and) (?=(?:list|item|paragraph|heading) )")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the district wrote it: the block it stands in, and its number there."""

    block: str
    number: int
    text: str

    @property
    def locator(self) -> str:
        """The full address, such as "list 2, item 7, sentence 1"; a heading is never cut, and number 0 is all of a block."""
        return self.block if self.block.startswith("heading") or not self.number else f"{self.block}, sentence {self.number}"


def cut(text: str) -> tuple[Sentence, ...]:
    """Return every sentence of the text in its order, the headings among them."""
    addresses = _Addresses()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(
        Sentence(block, number, sentence)
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        for block, body in (addresses.of(line, following),)
        for number, sentence in enumerate(_sentences(block, body), start=1)
    )


def quote(sentences: Sequence[Sentence], locator: str) -> str | None:
    """Return the district's own words at a locator, None when it leads nowhere."""
    quoted: list[str] = []
    for part in _BETWEEN_PARTS.split(locator.strip()):
        found = _part(sentences, part)
        if not found:
            return None
        quoted += found
    return " ".join(quoted)


def well_formed(locator: str) -> bool:
    """Tell whether a locator can be followed, whatever the text."""
    return all(_PART.fullmatch(part) for part in _BETWEEN_PARTS.split(locator.strip()))


def covered(sentences: Sequence[Sentence], locator: str) -> frozenset[str]:
    """Return the full address of every sentence that a locator reaches."""
    return frozenset(
        sentence.locator for part in _BETWEEN_PARTS.split(locator.strip()) for sentence in sentences if _reaches(part, sentence)
    )


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the text's words alone: spacing, quotation marks and the kind of file do not matter."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return sha256(" ".join(words).encode()).hexdigest()


def _part(sentences: Sequence[Sentence], part: str) -> list[str]:
    found = [sentence for sentence in sentences if _reaches(part, sentence)]
    wanted = _numbers(part)
    return [sentence.text for sentence in found] if len(found) == len(wanted) or not wanted else []


def _reaches(part: str, sentence: Sentence) -> bool:
    match = _read(part)
    if match is None or match["block"].removeprefix("list 1, ") != sentence.block:
        return False
    return match["sentences"] is None or sentence.number in _numbers(part)


def _numbers(part: str) -> frozenset[int]:
    match = _read(part)
    spans = re.findall(r"(\d+)(?: to (\d+))?", (match and match["sentences"]) or "")
    return frozenset(number for first, last in spans for number in range(int(first), int(last or first) + 1))


def _read(part: str) -> re.Match[str] | None:
    return _PART.fullmatch(part) or _PRINTED.fullmatch(part)


class _Addresses:
    """Counts headings, paragraphs and items while the lines go by."""

    def __init__(self) -> None:
        self._count = {"heading": 0, "paragraph": 0}
        self._list = 0
        self._item = 0
        self._before: int | None = None  # the item in which the line before stands

    def of(self, line: str, following: str) -> tuple[str, str]:
        """Return the address of a line, and the line without its number."""
        block, body = self._placed(line, following)
        self._before = self._item if "item" in block else None
        return block, body

    def _placed(self, line: str, following: str) -> tuple[str, str]:
        if self._is_heading(line) and not self._is_listed(line, following):
            return self._next("heading"), line
        if match := _LIST.match(line):
            return self._numbered(int(match[1])), line[match.end() :]
        if self._item and (match := _LETTER.match(line)):
            return f"{self._here()} ({match[1]})", line[match.end() :]
        return self._next("paragraph"), line

    def _is_heading(self, line: str) -> bool:
        """A short line that no sentence ends; before the first paragraph a colon ends none either."""
        begun = self._count["paragraph"] or self._list
        if len(line) >= (_SHORT if begun else _SHORT_TITLE):
            return False
        return line.rstrip(_CLOSERS)[-1:] not in (".;!?:" if begun else ".;!?")

    def _is_listed(self, line: str, following: str) -> bool:
        """A number next to its neighbour makes an item of a line, however short."""
        here, after = _LIST.match(line), _LIST.match(following)
        number = int(here[1]) if here else 0
        return bool(here) and (self._before == number - 1 or (after is not None and int(after[1]) == number + 1))

    def _next(self, kind: str) -> str:
        self._count[kind] += 1
        return f"{kind} {self._count[kind]}"

    def _numbered(self, number: int) -> str:
        if not self._list or number != self._item + 1:
            self._list += 1
        self._item = number
        return self._here()

    def _here(self) -> str:
        return f"item {self._item}" if self._list == 1 else f"list {self._list}, item {self._item}"


def _sentences(block: str, body: str) -> Iterator[str]:
    start = 0
    if block.startswith("heading"):
        yield body
        return
    for stop in _STOP.finditer(body):
        if _ends(body[start : stop.end()].lstrip(), body[stop.end() :].lstrip()):
            yield body[start : stop.end()].strip()
            start = stop.end()
    yield body[start:].strip()


def _ends(before: str, after: str) -> bool:
    """Tell whether a sentence ends between the two."""
    begins = after.lstrip(_OPENERS)[:1]
    if not (begins.isupper() or begins.isdigit()):
        return False
    if before.endswith(")") and before[-2] not in ".!?":
        return bool(_ASIDE.fullmatch(before))
    return not _is_shortened(before.rstrip(_CLOSERS).rsplit(maxsplit=1)[-1].lstrip(_OPENERS), before=begins)


def _is_shortened(word: str, *, before: str) -> bool:
    """Tell whether the stop belongs to the word, as in "St." or "No. 230"."""
    plain = word.rstrip(".").casefold()
    if before.isdigit():
        return plain in _BEFORE_NUMBERS
    return plain in _TITLES or (bool(_INITIALS.fullmatch(word)) and plain not in {"a.m", "p.m"})
