"""Deliveries already seen, so that what a platform sends twice happens once; and which process does what only one of them may."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, delete, or_, select, update

from handlers.ports import Clock
from handlers.reaching import Inbox
from storage.columns import NOW, Soon
from storage.delivery_tables import inbox
from storage.engine import StoreUnusable, is_sqlite, where
from storage.upsert import Upsert, first_wins, last_wins

BEAT = "hallpass:beat"  # no platform's id
_BEAT = last_wins(inbox, "delivery")
_FIRST = first_wins(inbox, "delivery")
_NOTE = Upsert(inbox, lambda insert: insert.on_conflict_do_nothing(index_elements=["delivery"]))  # many, and nothing comes back
DOING = "doing:"  # begins what a process does at this moment; the result is its name
LEASE = 60.0  # seconds, by the database's clock; whoever is at it asks again more often
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FREE_DOINGS = update(inbox).where(inbox.c.delivery.startswith(DOING)).values(at=LONG_AGO)  # what was begun may still have to be done
_OVER = delete(inbox).where(inbox.c.delivery == bindparam("one"))
_RESULT = select(inbox.c.result).where(inbox.c.delivery == bindparam("one"))


def _mine(insert: Any) -> Executable:  # noqa: ANN401  # the dialects share the method, and no class that has it
    """A row that is there stays another's, unless it is ours or has not been asked for in a while."""
    one = insert.values({"delivery": bindparam("delivery"), "result": bindparam("owner"), "at": NOW})
    free = or_(inbox.c.result == bindparam("owner"), inbox.c.at <= Soon(-LEASE))
    return one.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=["delivery"], set_={"result": one.excluded.result, "at": one.excluded.at}, where=free
    ).returning(inbox.c.delivery)


_MINE = Upsert(inbox, _mine)


class SqlInbox(Inbox):
    """Over one connection, inside its transaction; `owner` names the process."""

    def __init__(self, connection: Connection, clock: Clock, owner: str) -> None:
        self._connection = connection
        self._clock = clock
        self._owner = owner

    def first(self, delivery: str, result: str = "") -> bool:
        """Note the delivery; a second one at the same time waits on PostgreSQL until the first is kept or rolled back."""
        row = {"delivery": delivery, "result": result, "at": self._clock()}
        return self._connection.execute(_FIRST[self._connection.dialect.name], row).one_or_none() is not None

    def result(self, delivery: str) -> str | None:
        return self._connection.execute(_RESULT, {"one": delivery}).scalar_one_or_none()

    def mine(self, what: str) -> bool:
        asked = {"delivery": DOING + what, "owner": self._owner}
        return self._connection.execute(_MINE[self._connection.dialect.name], asked).one_or_none() is not None

    def over(self, what: str) -> None:
        self._connection.execute(_OVER, {"one": DOING + what})

    def done(self, what: Sequence[str], result: str) -> None:
        at = self._clock()
        self._connection.execute(_NOTE[self._connection.dialect.name], [{"delivery": one, "result": result, "at": at} for one in what])
        self._connection.execute(_OVER, [{"one": DOING + one} for one in what])

    def beat(self) -> None:
        """Raises StoreUnusable, too, where a SQLite file was taken away: SQLite itself would go on writing into what nobody finds again."""
        url = self._connection.engine.url
        if is_sqlite(url) and url.database and not Path(url.database).exists():
            raise StoreUnusable(f"{where(url)} is gone. Stop Hallpass, put it back, and start again.")
        row = {"delivery": BEAT, "result": "", "at": self._clock()}
        self._connection.execute(_BEAT[self._connection.dialect.name], row)
