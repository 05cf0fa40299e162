"""How a link of the chain is made of a row and of the link before; pure. Not here: keeping or checking links.

A link is an HMAC-SHA256 over every column of the row, its place in the chain, and the link before it.
"""

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from storage.columns import holdable
from storage.keyring import Key

FIRST = ""  # stands before the first link
COLUMNS = ("number", "request", "district", "at", "who", "what", "before", "after", "detail", "fingerprint", "about")


def link(key: Key, before: str, number: int, row: Sequence[object]) -> str:
    """Return the link of a row, given by its values in the order of COLUMNS, that stands at this number in its district's chain."""
    return _mac(key, ("row", key.name, number, before, *row))


def seal(key: Key, district: str, number: int, mac: str, at: datetime, found: tuple[int, datetime | None]) -> str:
    """Return the seal of a chain's end, so that nobody without the key can move it."""
    return _mac(key, ("end", key.name, district, number, mac, at, *found))


def _mac(key: Key, values: tuple[object, ...]) -> str:
    return hmac.digest(key.chain, _ENCODED(values).encode(), "sha256").hex()


def kept(row: Sequence[object]) -> list[object]:
    """Return the values as the database will give them back."""
    return [holdable(value) if isinstance(value, str) else value for value in row]


def _moment(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} has no place in a link")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


_ENCODED = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=_moment).encode  # made once: json.dumps makes one a call
