"""The bytes of a text file become text, whichever of the usual encodings it was saved in. Not here: mark-up."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from bot.documents.document import Document, Unreadable

MARKS = (  # the longest first: the mark of UTF-32 begins with that of UTF-16
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
UTF8_AS_WINDOWS = re.compile("â€.|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]")  # what a curly quotation mark or an é turns into
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
NOISE = 0.005  # share of control characters: text has none, but a page copied from a terminal may
EVERY_OTHER = 0.3  # share of zero bytes that only UTF-16 without its mark has


def read(raw: bytes) -> Document:
    """Return a text file's words. Raises Unreadable."""
    return Document(decoded(raw))


def decoded(raw: bytes) -> str:
    """Return the text of the bytes. Raises Unreadable when they are no text, or lost letters on the way."""
    text = _repaired(_decoded(raw))
    if not text.strip() or len(CONTROLS.findall(text)) > NOISE * len(text):
        raise Unreadable("holds no text: give the policy's own words.")
    if "\ufffd" in text:
        line = text[: text.index("\ufffd")].count("\n") + 1
        raise Unreadable(f"has lost letters (\ufffd, first on line {line}): save it again from the original, as UTF-8.")
    return CONTROLS.sub("", text)


def _decoded(raw: bytes) -> str:
    name = next((name for mark, name in MARKS if raw.startswith(mark)), None) or _unmarked(raw)
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")  # what Windows programs write when they do not write UTF-8
    except UnicodeDecodeError as why:
        line = raw[: why.start].count(b"\n") + 1
        raise Unreadable(f"is not UTF-8 text (line {line}): save it again as UTF-8.") from None


def _unmarked(raw: bytes) -> str:
    """UTF-16 without its mark shows by its zero bytes: every other byte of English is one."""
    odd, even = raw[1::2], raw[::2]
    if odd.count(0) > EVERY_OTHER * len(raw):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > EVERY_OTHER * len(raw) else "utf-8"


def _repaired(text: str) -> str:
    """Undo UTF-8 that some program took for Windows text; only when the whole of it turns back."""
    if not UTF8_AS_WINDOWS.search(text):
        return text
    try:
        return b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return text


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")  # the five bytes that Windows leaves empty
