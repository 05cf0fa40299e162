"""Days without school, imported at run time."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select

from handlers.people import DistrictKey
from handlers.repositories import Calendars
from storage.tables import holidays

_CLEAR = delete(holidays).where(holidays.c.district == bindparam("one"))
_ADD = insert(holidays)
_OF = select(holidays.c.day, holidays.c.name).where(holidays.c.district == bindparam("one")).order_by(holidays.c.day)


class SqlCalendars(Calendars):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, district: DistrictKey, days: Mapping[date, str]) -> None:
        self._connection.execute(_CLEAR, {"one": district})
        rows = [{"district": district, "day": day, "name": name} for day, name in days.items()]
        if rows:
            self._connection.execute(_ADD, rows)

    def of(self, district: DistrictKey) -> Mapping[date, str]:
        return {row.day: row.name for row in self._connection.execute(_OF, {"one": district})}
