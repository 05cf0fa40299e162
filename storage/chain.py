"""The chain of the record, one for each district: where it ends, and what is linked to it. Not here: whether it is whole.

Appends of one district take turns: PostgreSQL holds the row of the chain's end, SQLite has one writer anyway.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from handlers.ports import Clock
from storage.keyring import Keyring
from storage.linking import COLUMNS, FIRST, kept, link, seal
from storage.seal_tables import chains, links
from storage.tables import record
from storage.upsert import first_wins

_HOLD = select(chains).where(chains.c.district == bindparam("one")).with_for_update()
_BEGIN = first_wins(chains, "district")
_END = update(chains).where(chains.c.district == bindparam("one"))
_LINK = insert(links)
BATCH = 1000  # rows read and linked at a time
_FOUND = (
    select(*(record.c[name] for name in COLUMNS))
    .where(record.c.district == bindparam("one"), record.c.number > bindparam("after"))
    .order_by(record.c.number)
    .limit(BATCH)
)


class Chain:
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, keyring: Keyring, clock: Clock) -> None:
        self._connection, self._keyring, self._clock = connection, keyring, clock

    def hold(self, district: str) -> Row[Any]:
        """Return where the district's chain ends; until this transaction is over nobody else adds to it."""
        end = self._held(district)
        return end if end is not None else self._begun(district)

    def add(self, end: Row[Any], rows: Iterable[tuple[Any, ...]], *, found_at: datetime | None = None) -> None:
        """Link rows to the end that is held. With `found_at` they were in the record before the chain began."""
        key, number, mac, at, made = self._keyring.newest, end.number, end.mac, end.at, list[dict[str, Any]]()
        for row in rows:
            number, at = number + 1, row[COLUMNS.index("at")]
            mac = link(key, mac, number, kept(row))
            made.append({"record": row[0], "district": end.district, "number": number, "key": key.name, "mac": mac})
        if not made:
            return
        found = (number, found_at) if found_at else (end.found, end.found_at)
        self._connection.execute(_LINK, made if len(made) > 1 else made[0])
        sealed = seal(key, end.district, number, mac, at, found)
        values = {"number": number, "mac": mac, "key": key.name, "at": at, "found": found[0], "found_at": found[1], "seal": sealed}
        self._connection.execute(_END, {"one": end.district, **values})

    def _held(self, district: str) -> Row[Any] | None:
        return self._connection.execute(_HOLD, {"one": district}).one_or_none()

    def _begun(self, district: str) -> Row[Any]:
        """Begin a district's chain, with what its record has already."""
        key, now = self._keyring.newest, self._clock()
        sealed = seal(key, district, 0, FIRST, now, (0, None))
        new = {"district": district, "number": 0, "mac": FIRST, "key": key.name, "seal": sealed, "at": now, "found": 0, "found_at": None}
        made = self._connection.execute(_BEGIN[self._connection.dialect.name], new).one_or_none()
        if made is not None:
            self._link_found(district, now)
        return self._connection.execute(_HOLD, {"one": district}).one()

    def _link_found(self, district: str, now: datetime) -> None:
        after = 0
        while rows := self._connection.execute(_FOUND, {"one": district, "after": after}).all():
            self.add(self._connection.execute(_HOLD, {"one": district}).one(), [tuple(row) for row in rows], found_at=now)
            after = rows[-1].number
