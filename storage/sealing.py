"""What people typed, sealed with a data key for each request: AES-256-GCM, with where it belongs as context. Not here: whose words.

Sources: NIST SP 800-38D (GCM), RFC 3394 (wrapping of the data key).
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from sqlalchemy import Connection, Row, bindparam, select

from handlers.wording.erased import erased
from storage.columns import holdable
from storage.engine import StoreUnusable
from storage.keyring import Key, Keyring
from storage.seal_tables import request_keys
from storage.upsert import Upsert, first_wins

MARK = "sealed1:"
NONCE = 12  # bytes, as GCM wants them
DATA_KEY = 32  # bytes

_FIND = select(request_keys).where(request_keys.c.about.in_(bindparam("about", expanding=True)))
_FIND_ONE = select(request_keys).where(request_keys.c.about == bindparam("one"))  # three times as fast as a list of one
_NEW = first_wins(request_keys, "about")
_NEW_ONES = Upsert(request_keys, lambda insert: insert.on_conflict_do_nothing(index_elements=["about"]))  # many, and nothing comes back


@dataclass(frozen=True, slots=True)
class Seal:
    """One data key at work. Once it is erased nothing it sealed is ever read again, and what comes later is not kept."""

    about: str
    cipher: AESGCM | None
    erased_at: datetime | None = None

    def shut(self, place: str, text: str) -> str:
        """Return the text sealed for this place; nothing stays nothing."""
        if not text or self.cipher is None:
            return MARK if text else ""
        nonce = os.urandom(NONCE)
        return MARK + urlsafe_b64encode(nonce + self.cipher.encrypt(nonce, holdable(text).encode(), self._context(place))).decode()

    def open(self, place: str, kept: str) -> str:
        """Return the text; one that was kept before there were seals as it is. Raises StoreUnusable for what was altered."""
        if not kept.startswith(MARK):
            return kept
        if self.cipher is None:
            return erased(self.erased_at) if self.erased_at else ""
        try:
            sealed = urlsafe_b64decode(kept.removeprefix(MARK))
            return self.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._context(place)).decode()
        except (InvalidTag, ValueError):
            raise StoreUnusable(
                f"What was typed about {self.about[:60]} ({place[:60]}) was altered in the database: restore it from a backup."
            ) from None

    def _context(self, place: str) -> bytes:
        return f"{self.about}\n{place}".encode()


class Sealer:
    """The seals of one unit of work, read or made when first needed."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection, self._keyring = connection, keyring
        self._seals: dict[str, Seal] = {}

    def of(self, about: str) -> Seal:
        """Return the seal of a request, with a new data key if it has none."""
        seal = self._seals.get(about) or self._seals_in([about]).get(about)
        if seal is None:
            fresh = {"about": about, **wrapped(os.urandom(DATA_KEY), self._keyring.newest)}
            self._connection.execute(_NEW[self._connection.dialect.name], fresh).close()
            seal = self._seals_in([about])[about]  # or that of whoever was first
        return seal

    def make(self, about: Iterable[str]) -> None:
        """Make data keys for many at once, unless they have one."""
        named = list(about)
        fresh = [{"about": one, **wrapped(os.urandom(DATA_KEY), self._keyring.newest)} for one in named]
        self._connection.execute(_NEW_ONES[self._connection.dialect.name], fresh)
        self.read(named)

    def read(self, about: Iterable[str]) -> None:
        """Read the seals of many at once."""
        self._seals_in([one for one in about if one not in self._seals])

    def keep(self, row: Row[Any]) -> None:
        """Take the seal from a row that has its key's columns."""
        if row.about not in self._seals:
            self._seals[row.about] = self._seal(row)

    def forget(self, about: str) -> None:
        """Read a seal anew when it is next needed."""
        self._seals.pop(about, None)

    def opened(self, about: str, place: str, kept: str) -> str:
        """Return the text, sealed or not. Raises StoreUnusable where its key is gone."""
        if not kept.startswith(MARK):
            return kept
        seal = self._seals.get(about) or self._seals_in([about]).get(about)
        if seal is None:
            raise StoreUnusable(f"The key to what was typed about {about[:60]} is gone from the database: restore it from a backup.")
        return seal.open(place, kept)

    def _seals_in(self, about: list[str]) -> dict[str, Seal]:
        match about:
            case []:
                return {}
            case [one]:
                rows = self._connection.execute(_FIND_ONE, {"one": one})
            case _:
                rows = self._connection.execute(_FIND, {"about": about})
        found = {row.about: self._seal(row) for row in rows}
        self._seals.update(found)
        return found

    def _seal(self, row: Row[Any]) -> Seal:
        return Seal(row.about, None, row.erased_at) if row.erased_at else Seal(row.about, AESGCM(unwrapped(row, self._keyring)))


def wrapped(data_key: bytes, key: Key) -> dict[str, str | None]:
    """Return the columns of a data key as it is kept."""
    return {"wrapped": urlsafe_b64encode(aes_key_wrap(key.wrap, data_key)).decode(), "key": key.name, "erased_at": None}


def unwrapped(row: Row[Any], keyring: Keyring) -> bytes:
    """Return the data key in a row. Raises StoreUnusable when nobody here has the key to it."""
    key = keyring.get(row.key)
    if key is None:
        missing = "is not in HALLPASS_SECRET_KEY: put it back, beside newer ones" if keyring.is_secret else "is in no setting"
        set_it = "" if keyring.is_secret else ": set HALLPASS_SECRET_KEY as for `hallpass serve`"
        raise StoreUnusable(f"What people typed is sealed under the key {row.key}, which {missing}{set_it}.")
    try:
        return aes_key_unwrap(key.wrap, urlsafe_b64decode(row.wrapped))
    except (InvalidUnwrap, ValueError):
        raise StoreUnusable(f"The key to what was typed about {row.about[:60]} was altered: restore it from a backup.") from None
