"""The browser's own memory of its threads, as a chat platform keeps its messages. Not here: what a body means."""

import re
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from handlers.people import Address
from handlers.ports import CannotDeliver, Clock
from handlers.reaching import Threads
from storage.delivery_tables import threads
from storage.upsert import first_wins

_NUMBERED = re.compile("[0-9]{1,18}")
_READERS = [threads.c[name] == bindparam(f"of_{name}") for name in ("platform", "tenant", "user")]
_POST = first_wins(threads, "platform", "tenant", "user", "key")
_NUMBER = select(threads.c.number).where(*_READERS, threads.c.key == bindparam("of_key"))
_EDIT = update(threads).where(*_READERS, threads.c.number == bindparam("of_number")).returning(threads.c.number)
_NEWEST = select(threads).where(*_READERS).order_by(threads.c.number.desc()).limit(bindparam("most"))


class SqlThreads(Threads):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def post(self, reader: Address, key: str, body: str, at: datetime) -> str:
        row = {"platform": reader.platform.value, "tenant": reader.tenant, "user": reader.user, "key": key, "body": body, "at": at}
        self._connection.execute(_POST[self._connection.dialect.name], row)
        return str(self._connection.execute(_NUMBER, _of(reader) | {"of_key": key}).scalar_one())

    def edit(self, reader: Address, message: str, body: str) -> None:
        """Rewrite the reader's message; raises CannotDeliver, as every platform does, when there is none of that id."""
        number = int(message) if _NUMBERED.fullmatch(message) else 0
        change = {"of_number": number, "body": body, "edited_at": self._clock()}
        if self._connection.execute(_EDIT, _of(reader) | change).one_or_none() is None:
            raise CannotDeliver("no such message", permanent=True)

    def of(self, reader: Address, limit: int = 200) -> tuple[tuple[str, str, datetime], ...]:
        """Return the newest messages, the oldest of them first."""
        rows = self._connection.execute(_NEWEST, _of(reader) | {"most": limit}).all()
        return tuple((str(row.number), row.body, row.at) for row in reversed(rows))


def _of(reader: Address) -> dict[str, str | int]:
    return {"of_platform": reader.platform.value, "of_tenant": reader.tenant, "of_user": reader.user}
