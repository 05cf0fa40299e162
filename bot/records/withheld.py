"""A case without the names of students: marked fields are left out, and their names in every other text. Not here: erasing anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.kept import Happening
from handlers.policy.forms import Process
from handlers.workflow.request import Request
from storage.sealed_values import Turned

WITHHELD = "(name withheld)"
LONGEST = 4  # words of a name; what is longer is a sentence
SHORTEST = 3  # letters of a part of a name that is looked for by itself
_PARTS = re.compile(r"[\n,;/]|\band\b|&")
_WORDS = re.compile(r"[^\W\d_][\w'’.-]*")


@dataclass(frozen=True, slots=True)
class Withheld:
    """How one request's texts are shown: `fields` are marked by the pack, `names` were found in them."""

    fields: frozenset[str]
    names: tuple[str, ...]

    def request(self, whole: Request) -> Request:
        """Return the request without them."""
        return Turned(self._turned).request(whole)

    def happening(self, one: Happening) -> Happening:
        """Return a line of its record without them."""
        return replace(one, detail=self.text(one.detail))

    def text(self, said: str) -> str:
        """Return any other text without the names."""
        for name in self.names:
            flags = re.IGNORECASE if " " in name else 0  # Will and May are words, too
            said = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", WITHHELD, said, flags=flags)
        return said

    def _turned(self, place: str, said: str) -> str:
        if place.removeprefix("fields.") in self.fields or _changes(place) in self.fields:
            return WITHHELD if said else said
        return self.text(said)


def withheld(request: Request, process: Process) -> Withheld:
    """Return how this request is shown without students' names."""
    fields = frozenset(field.name for field in process.fields if field.student_names)
    said = (*(request.fields.get(field, "") for field in fields), *(one.name for one in request.departures))
    found = dict.fromkeys(name for value in said for name in _names(value))
    return Withheld(fields, tuple(sorted(found, key=len, reverse=True)))


def _names(said: str) -> Iterator[str]:
    """Yield what looks like names, whole and in parts."""
    for part in _PARTS.split(said):
        words = _WORDS.findall(part)
        if 0 < len(words) <= LONGEST and all(word[0].isupper() for word in words):
            yield " ".join(part.split())
            yield from (word for word in words if len(word) >= SHORTEST)


def _changes(place: str) -> str:
    return place.rsplit(".changes.", maxsplit=1)[-1].removesuffix(".before").removesuffix(".after")
