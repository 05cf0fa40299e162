"""Deliveries already seen, so that what a platform sends twice happens once."""

from pathlib import Path

from sqlalchemy import Connection, bindparam, select

from handlers.ports import Clock
from handlers.repositories import Inbox
from storage.delivery_tables import inbox
from storage.engine import StoreUnusable, is_sqlite, where
from storage.upsert import first_wins, last_wins

BEAT = "hallpass:beat"  # no platform's id
_BEAT = last_wins(inbox, "delivery")
_FIRST = first_wins(inbox, "delivery")
_RESULT = select(inbox.c.result).where(inbox.c.delivery == bindparam("one"))


class SqlInbox(Inbox):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def first(self, delivery: str, result: str = "") -> bool:
        """Note the delivery; a second one at the same time waits on PostgreSQL until the first is kept or rolled back."""
        row = {"delivery": delivery, "result": result, "at": self._clock()}
        return self._connection.execute(_FIRST[self._connection.dialect.name], row).one_or_none() is not None

    def result(self, delivery: str) -> str | None:
        return self._connection.execute(_RESULT, {"one": delivery}).scalar_one_or_none()

    def beat(self) -> None:
        """Raises StoreUnusable, too, where a SQLite file was taken away: SQLite itself would go on writing into what nobody finds again."""
        url = self._connection.engine.url
        if is_sqlite(url) and url.database and not Path(url.database).exists():
            raise StoreUnusable(f"{where(url)} is gone. Stop Hallpass, put it back, and start again.")
        row = {"delivery": BEAT, "result": "", "at": self._clock()}
        self._connection.execute(_BEAT[self._connection.dialect.name], row)
