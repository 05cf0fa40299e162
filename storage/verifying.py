"""Whether a district's record is as it was written: every row, every link, the end, and ends that were kept elsewhere. Changes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, select

from handlers.kept import Head, Verified
from handlers.people import DistrictKey
from storage.keyring import Keyring
from storage.linking import COLUMNS, FIRST, link, seal
from storage.seal_tables import chains, links
from storage.tables import record, requests

BATCH = 5000  # rows in memory at a time
_OF, _LINK = 3, 4  # columns of the link, the last of which names its record, before those of the row
_NEXT = (
    select(
        links.c.number.label("place"),
        links.c.mac,
        links.c.key,
        links.c.record.label("of"),
        *(record.c[name] for name in COLUMNS),
    )
    .outerjoin(record, record.c.number == links.c.record)
    .where(links.c.district == bindparam("one"), links.c.number > bindparam("after"), links.c.number <= bindparam("upto"))
    .order_by(links.c.number)  # between two numbers: with a limit instead, PostgreSQL without statistics sorts all that is left each time
)
_LAST = select(func.max(links.c.number)).where(links.c.district == bindparam("one"))
_LOOSE = (
    select(record.c.number)
    .outerjoin(links, and_(links.c.record == record.c.number, links.c.district == record.c.district, links.c.number > 0))
    .where(record.c.district == bindparam("one"), links.c.record.is_(None))
    .order_by(record.c.number)
    .limit(1)
)
# A request's history is read whatever district its lines name: one that names another would be in no chain that is looked at.
_STRANGE = (
    select(record.c.number)
    .join(requests, requests.c.id == record.c.request)
    .where(requests.c.district == bindparam("one"), record.c.district != requests.c.district)
    .order_by(record.c.number)
    .limit(1)
)
_ASKED = select(requests.c.id).where(requests.c.district == bindparam("one")).limit(1)
_END = select(chains).where(chains.c.district == bindparam("one"))


def verified(connection: Connection, keyring: Keyring, district: DistrictKey, kept: Sequence[Head] = ()) -> Verified:
    """Return how many rows the district's chain has and the first thing that is wrong with it, empty where nothing is."""
    end = connection.execute(_END, {"one": district}).one_or_none()
    walk = _Walk(connection, keyring, district, {head.number: head for head in kept if head.district == district})
    fault = walk.fault() or _loose(connection, district, end)
    fault = fault or (_nothing(connection, district, walk.number) if end is None else _end_fault(keyring, end, walk))
    found, found_at = (end.found, end.found_at) if end is not None else (0, None)
    return Verified(district, walk.number, found, found_at, fault or walk.missing_head())


def head_of(connection: Connection, district: DistrictKey) -> Head | None:
    """Return where the district's chain ends; None where it has not begun."""
    end = connection.execute(_END, {"one": district}).one_or_none()
    return Head(district, end.number, end.mac, end.at) if end is not None else None


class _Walk:
    """Along a chain, from its first link; stops at the first fault."""

    def __init__(self, connection: Connection, keyring: Keyring, district: str, heads: Mapping[int, Head]) -> None:
        self._connection, self._keyring, self._district, self._heads = connection, keyring, district, heads
        self.number, self.mac = 0, FIRST

    def fault(self) -> str:
        return next(filter(None, map(self._step, self._rows())), "")

    def missing_head(self) -> str:
        """Say that the chain ends before a head that was kept elsewhere."""
        beyond = max((number for number in self._heads if number > self.number), default=0)
        if not beyond:
            return ""
        when = f"{self._heads[beyond].at:%Y-%m-%d %H:%M}"
        return f"The chain ends at row {self.number}, but on {when} UTC it had {beyond} rows: its tail was cut off."

    def unknown(self, number: int, name: str) -> str:
        """Say why nothing can be proved of a link."""
        row = f"Row {number} of the chain was linked"
        if self._keyring.get(name) is not None:
            return f"{row} without a secret: anybody could have written it."
        if not self._keyring.is_secret:
            return f"{row} under the key {name}: set HALLPASS_SECRET_KEY as for `hallpass serve`."
        return f"{row} under the key {name}, which HALLPASS_SECRET_KEY lacks: put that secret back, behind the newer ones."

    def _rows(self) -> Iterator[Row[Any]]:
        last = self._connection.execute(_LAST, {"one": self._district}).scalar_one() or 0
        for after in range(0, last, BATCH):
            yield from self._connection.execute(_NEXT, {"one": self._district, "after": after, "upto": after + BATCH}).all()

    def _step(self, row: Row[Any]) -> str:
        place, mac, name = row[:_OF]  # by name each of them would be looked up again for every row
        wrong = self._wrong(row, place, mac, name)
        self.number, self.mac = place, mac
        return wrong

    def _wrong(self, row: Row[Any], place: int, mac: str, name: str) -> str:
        if place != self.number + 1:
            return f"Row {self.number + 1} of the chain is missing: it was deleted with its link."
        if row[_LINK] is None:
            return f"{_this(row)} is missing: it was deleted."
        key = self._keyring.trusted(name)
        if key is None:
            return self.unknown(place, name)
        if mac != link(key, self.mac, place, row[_LINK:]):
            return f"{_this(row)} is not as it was written: it was altered, inserted or moved."
        head = self._heads.get(place)
        if head is not None and head.mac != mac:
            return f"{_this(row)} is another than on {head.at:%Y-%m-%d %H:%M} UTC, when the chain's head was kept: it was replaced."
        return ""


def _this(row: Row[Any]) -> str:
    return f"Row {row.place} of the chain (record {row.of})"


def _loose(connection: Connection, district: str, end: Row[Any] | None) -> str:
    number = connection.execute(_LOOSE, {"one": district}).scalar_one_or_none()
    if number is None:
        strange = connection.execute(_STRANGE, {"one": district}).scalar_one_or_none()
        return f"Record {strange} is about a request of {district} and names another district: it was inserted." if strange else ""
    if end is None:
        return f"Record {number} is in no chain: it was not sealed yet. Set HALLPASS_SECRET_KEY and run `hallpass migrate`."
    return f"Record {number} is in no chain: it was inserted behind Hallpass's back, or its link was deleted."


def _nothing(connection: Connection, district: str, last: int) -> str:
    """Say what is wrong where a chain has no end."""
    if last:
        return f"The end of the chain, behind row {last}, is missing: it was deleted."
    asked = connection.execute(_ASKED, {"one": district}).first()
    return "There are requests and no record of them: the record was deleted." if asked is not None else ""


def _end_fault(keyring: Keyring, end: Row[Any], walk: _Walk) -> str:
    """Say what is wrong with where the chain says that it ends."""
    key = keyring.trusted(end.key)
    if key is None:
        return walk.unknown(end.number, end.key)
    if end.seal != seal(key, end.district, end.number, end.mac, end.at, (end.found, end.found_at)):
        return f"The end of the chain (row {end.number}) is not as it was sealed: it was altered."
    if end.number > walk.number:
        return f"The chain ends at row {walk.number}, but it was sealed with {end.number} rows: its tail was cut off."
    if (end.number, end.mac) != (walk.number, walk.mac):
        return f"Row {end.number + 1} of the chain stands behind its sealed end: an older end was put back, or the row was inserted."
    return ""
