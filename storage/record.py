"""What happened, append-only and chained: the database itself refuses to change or delete a line. Not here: proving or exporting it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.people import DistrictKey, PersonId
from handlers.repositories import Record
from storage.chain import Chain
from storage.linking import COLUMNS
from storage.sealing import Sealer
from storage.tables import record

_ADD = insert(record).returning(record.c.number)
_OF = select(record).where(record.c.request == bindparam("one")).order_by(record.c.number)
_SAID = COLUMNS[1:]  # the database counts


class SqlRecord(Record):
    """Over one connection, inside its transaction.

    Lines are put at the end of the unit: the chain of a district is held shortly, and after every other lock, so that units which touch
    several requests cannot wait for one another in a circle.
    """

    def __init__(self, connection: Connection, chain: Chain, sealer: Sealer) -> None:
        self._connection, self._chain, self._sealer = connection, chain, sealer
        self._waiting: list[Happening] = []

    def add(self, happening: Happening) -> None:
        """Keep the line, its detail sealed. What is said of an erased request is not sealed any more."""
        seal = self._sealer.of(happening.request) if happening.request and happening.detail else None
        sealed = happening if seal is None or seal.erased_at else replace(happening, detail=seal.shut("detail", happening.detail))
        self._waiting.append(sealed)

    def put(self) -> None:
        """Write what waits, each line linked to the one before it in its district."""
        waiting, self._waiting = self._waiting, []
        for district in sorted({one.district for one in waiting}):
            end = self._chain.hold(district)
            self._chain.add(end, [self._put(one) for one in waiting if one.district == district])

    def of(self, request: RequestId) -> tuple[Happening, ...]:
        """Return the request's lines, oldest first."""
        self.put()
        return tuple(self._happening(row) for row in self._connection.execute(_OF, {"one": request}))

    def _put(self, happening: Happening) -> tuple[Any, ...]:
        said = {name: getattr(happening, name) for name in _SAID}
        return (self._connection.execute(_ADD, said).scalar_one(), *said.values())

    def _happening(self, row: Row[Any]) -> Happening:
        return Happening(
            request=RequestId(row.request),
            district=DistrictKey(row.district),
            at=row.at,
            who=PersonId(row.who),
            what=row.what,
            before=row.before,
            after=row.after,
            detail=self._sealer.opened(row.request, "detail", row.detail),
            fingerprint=row.fingerprint,
            about=row.about,
        )
