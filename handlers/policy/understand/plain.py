"""Any text as plain text of bounded length, so that the rest may trust what it reads. Not here: what a word means."""

import re
import unicodedata

LONGEST = 4000  # characters read of one turn: a long story, and still a few milliseconds
_PLAIN = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u2032\u0060\u00b4", "'") | dict.fromkeys("\u201c\u201d", '"') | {"&": " and "})
_MARKUP = re.compile(r"<[^<>]{0,200}>|https?://\S{1,500}")
_TITLE = re.compile(r"\b(mrs?|ms|dr|prof)\.", re.IGNORECASE)  # no sentence ends here
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})  # control, bidi and zero-width characters, and what is no character at all


def plain(text: str) -> str:
    """Return the first few thousand characters as visible characters with straight quotes, markup left out."""
    whole = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_PLAIN)[:LONGEST]
    seen = whole if whole.isascii() and whole.isprintable() else "".join(_visible(letter) for letter in whole)
    if "<" in seen or "://" in seen:
        seen = _MARKUP.sub(" ", seen)
    return _TITLE.sub(r"\1 ", seen) if "." in seen else seen


def _visible(letter: str) -> str:
    if letter.isspace():
        return "\n" if letter == "\n" else " "
    return "" if unicodedata.category(letter) in _DROPPED else letter
