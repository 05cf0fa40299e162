"""What happened, append-only: the database itself refuses to change or delete a line. Not here: exporting it."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.people import DistrictKey, PersonId
from handlers.repositories import Record
from storage.tables import record

_ADD = insert(record)
_OF = select(record).where(record.c.request == bindparam("one")).order_by(record.c.number)


class SqlRecord(Record):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, happening: Happening) -> None:
        self._connection.execute(_ADD, asdict(happening))

    def of(self, request: RequestId) -> tuple[Happening, ...]:
        """Return the request's lines, oldest first."""
        return tuple(_happening(row) for row in self._connection.execute(_OF, {"one": request}))


def _happening(row: Row[Any]) -> Happening:
    return Happening(
        request=RequestId(row.request),
        district=DistrictKey(row.district),
        at=row.at,
        who=PersonId(row.who),
        what=row.what,
        before=row.before,
        after=row.after,
        detail=row.detail,
        fingerprint=row.fingerprint,
        about=row.about,
    )
