"""Cards on their way into the outbox: written in one go, for an approval puts six. Not here: those that are in it (outbox.py)."""

from dataclasses import fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection

from handlers.kept import Leaving
from handlers.ports import Clock
from storage.columns import soon
from storage.delivery_tables import outbox
from storage.upsert import Upsert

_NAMES = tuple(field.name for field in fields(Leaving))
_SAID = attrgetter(*_NAMES)
_PUT = Upsert(  # many, and nothing comes back
    outbox, lambda insert: insert.values({"available_at": soon("wait")}).on_conflict_do_nothing(index_elements=["key"])
)


class Putting:
    """Over one connection, inside its transaction; nothing is there before it is written."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection, self._clock = connection, clock
        self._waiting: list[dict[str, Any]] = []

    def put(self, leaving: Leaving) -> None:
        """How long it waits is told by this process's clock, and from here on measured by the database's."""
        wait = max(0.0, (leaving.at - self._clock()).total_seconds()) if leaving.at else 0.0
        self._waiting.append(dict(zip(_NAMES, _SAID(leaving), strict=True), wait=wait, attempts=0))

    def write(self) -> None:
        """Write what was put, in its order."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._connection.execute(_PUT[self._connection.dialect.name], waiting)
