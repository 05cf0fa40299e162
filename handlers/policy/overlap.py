"""Whether two filled-in forms of one process ask for the same: who and what they are about, and on which days. Not here: whose they are."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from handlers.policy.forms import Asked

STARTS, ENDS, ACTIVITY = "starts", "ends", "activity"
FIRST, LAST = "0000-01-01", "9999-12-31"  # where nobody said a day
SHORT = frozenset({"line", "choice", "url"})  # answers that are the same word for word where they mean the same
TWO = 2  # words: a name and a surname
DASHES = "-\u2010\u2011\u2013"

_PEOPLE = re.compile(r"[\n;]|\band\b|&")


def overlaps(fields: Sequence[Asked], one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether both are about the same on some day: a student in common; where either names none, the same activity;
    where the form asks for neither, the same short answers.
    """
    return _same_days(one, other) and _same_matter(fields, one, other)


def students(text: str) -> frozenset[str]:
    """Return the names in it, each in one spelling."""
    return frozenset(spelled(name) for name in each(text))


def each(text: str) -> tuple[str, ...]:
    """Return the names in it one by one, as they were written."""
    return tuple(name for part in _PEOPLE.split(text) for name in _names(part) if spelled(name))


def spelled(name: str) -> str:
    """Return a name's one spelling: "Finch, Ada" and "ada  finch" are one; an initial tells nobody apart, a number does."""
    words = _plain(name.replace(",", " ")).split()
    whole = [word for word in words if len(word) > 1 or word.isdigit()]
    return " ".join(sorted(whole if len(whole) >= TWO else words))


def _same_days(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Days are compared as they are written, year first."""
    return max(given.get(STARTS) or FIRST for given in (one, other)) <= min(given.get(ENDS) or LAST for given in (one, other))


def _same_matter(fields: Sequence[Asked], one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    mine, theirs = _students(fields, one), _students(fields, other)
    if mine and theirs:
        return bool(mine & theirs)
    compared = [field.name for field in fields if field.name == ACTIVITY] or [field.name for field in _short(fields)]
    return all(_plain(one.get(name, "")) == _plain(other.get(name, "")) for name in compared)


def _students(fields: Sequence[Asked], given: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for field in fields if field.student_names for name in students(given.get(field.name, "")))


def _short(fields: Sequence[Asked]) -> Iterator[Asked]:
    yield from (field for field in fields if field.kind in SHORT and not field.student_names)


def _names(text: str) -> Iterator[str]:
    """A comma stands between two students, or between one's surname and first name."""
    parts = text.split(",")
    surname_first = len(parts) == TWO and all(len(_plain(part).split()) == 1 for part in parts)
    yield from (name.strip() for name in ([text] if surname_first else parts))


def _plain(text: str) -> str:
    """Return the words without capitals, accents and marks."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = (" " if char in DASHES else char for char in apart if char.isalnum() or char.isspace() or char in DASHES)
    return " ".join("".join(kept).split())
