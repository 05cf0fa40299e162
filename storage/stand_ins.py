"""Who stands in for whom, and when, by the clock of this process. Not here: what a stand-in may decide."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, select, update

from handlers.people import DistrictKey, PersonId, StandIn, StandInId
from handlers.ports import Clock
from handlers.repositories import StandIns
from storage.tables import stand_ins
from storage.upsert import last_wins

_NAME = last_wins(stand_ins, "person")
_END = delete(stand_ins).where(stand_ins.c.id == bindparam("one")).returning(stand_ins.c.id)
_TELL = update(stand_ins).where(stand_ins.c.id == bindparam("one")).values(told=True)

_not_over = select(stand_ins).where(stand_ins.c.ends > bindparam("now")).order_by(stand_ins.c.person)
_begun = _not_over.where(stand_ins.c.starts <= bindparam("now"))
_OF = _not_over.where(stand_ins.c.person == bindparam("one"))
_HOLDING = _begun.where(stand_ins.c.district == bindparam("one"))
_UNTOLD = _begun.where(~stand_ins.c.told)


class SqlStandIns(StandIns):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._alone = connection.dialect.name == "sqlite"  # then nobody names anybody while this transaction lasts
        self._held: dict[DistrictKey, tuple[StandIn, ...]] = {}

    def name(self, stand_in: StandIn) -> None:
        self._held.clear()
        same = ("id", "district", "person", "to", "starts", "ends")
        row = {name: getattr(stand_in, name) for name in same} | {"last_day": stand_in.last_day.isoformat(), "told": False}
        self._connection.execute(_NAME[self._connection.dialect.name], row)

    def of(self, person: PersonId) -> StandIn | None:
        return next(iter(self._found(_OF, one=person)), None)

    def holding(self, district: DistrictKey) -> tuple[StandIn, ...]:
        if district in self._held:
            return self._held[district]
        held = self._found(_HOLDING, one=district)
        if self._alone:
            self._held[district] = held
        return held

    def begun(self) -> tuple[StandIn, ...]:
        return self._found(_UNTOLD)

    def told(self, stand_in: StandIn) -> None:
        self._connection.execute(_TELL, {"one": stand_in.id})

    def end(self, stand_in: StandInId) -> bool:
        self._held.clear()
        return self._connection.execute(_END, {"one": stand_in}).one_or_none() is not None

    def _found(self, statement: Select[Any], **asked: str) -> tuple[StandIn, ...]:
        return tuple(_stand_in(row) for row in self._connection.execute(statement, {**asked, "now": self._clock()}))


def _stand_in(row: Row[Any]) -> StandIn:
    return StandIn(
        StandInId(row.id),
        DistrictKey(row.district),
        PersonId(row.person),
        PersonId(row.to),
        row.starts,
        row.ends,
        date.fromisoformat(row.last_day),
    )
