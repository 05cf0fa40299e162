"""Words that a printed line broke in two, put together again. Not here: which lines belong together."""

import re
from collections.abc import Set as AbstractSet
from enum import Enum, auto

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)([-\u2010\u00ad])[ \t]*\n\s*([^\W\d_A-Z]\S*)[ \t]*\n?")  # the hyphen of typographers
COMPOUNDS = frozenset(  # they keep their hyphen, wherever the line ends
    "all co cross cyber district e ex face full government home in long mid multi non off on on-line one out over part peer pre real"  # noqa: SIM905  # shorter to read
    " school self semi short staff student teacher third two well web".split()
)


HYPHENS = "-\u2010"


class Ends(Enum):
    """What to do with a hyphen at the end of a line."""

    guessed = auto()  # as the rest of the text writes the word
    joined = auto()  # it was put there by the printer
    kept = auto()  # it is part of the word


def words_of(text: str) -> frozenset[str]:
    """Return every word of a text in small letters, compounds whole."""
    return frozenset(word.casefold() for word in WORD.findall(text))


def together(left: str, right: str, known: AbstractSet[str]) -> str:
    """Return two halves as one word: with the hyphen when the text elsewhere, or usage, writes it so."""
    first = left.rsplit(maxsplit=1)[-1].casefold()
    second = (WORD.match(right) or WORD.match("x"))[0].casefold()  # type: ignore[index]
    if second in {"and", "or", "to"}:
        return f"{left}- {right}"  # as in "pre- and post-test"
    if first + second in known:
        return left + right
    compound = f"{first}-{second}" in known or first in COMPOUNDS
    return f"{left}-{right}" if compound else left + right


def mended(text: str, ends: Ends = Ends.guessed) -> str:
    """Return the text with every word on one line; only small letters go on, as in "elec-" and "tronic"."""
    known = words_of(text)

    def join(match: re.Match[str]) -> str:
        left, mark, right = match.groups()
        if ends is Ends.joined or mark == "\u00ad":
            return f"{left}{right}\n"
        return f"{left}-{right}\n" if ends is Ends.kept else f"{together(left, right, known)}\n"

    return BROKEN.sub(join, text)
