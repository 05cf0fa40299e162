"""Deliveries already seen, so that what a platform sends twice happens once."""

from sqlalchemy import Connection, bindparam, select

from handlers.ports import Clock, Inbox
from storage.tables import inbox
from storage.upsert import first_wins

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
