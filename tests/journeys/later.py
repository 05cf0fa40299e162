"""Time that passes for the process that serves: what is kept moves into the past while it is stopped. Not here: stories."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.served import DATABASE, Served

MOMENTS = ("opened_at", "confirmed_at", "asked_at", "checked_at", "since")
KEPT = "%Y-%m-%d %H:%M:%S.%f"  # as SQLite keeps a moment


async def later(served: Served, days: int) -> None:
    """So many days go by for every channel, and each of their timers is due."""
    await served.stop()
    aged(served.folder / DATABASE, days)
    await served.start()


def aged(kept_in: Path, days: int) -> None:
    """The same in the database of a process that rests."""
    with closing(sqlite3.connect(kept_in)) as database, database:
        for name in MOMENTS:
            for key, kept in database.execute(f"SELECT id, {name} FROM channels WHERE {name} IS NOT NULL").fetchall():  # noqa: S608
                before = (datetime.strptime(kept, KEPT).replace(tzinfo=UTC) - timedelta(days=days)).strftime(KEPT)
                database.execute(f"UPDATE channels SET {name} = ? WHERE id = ?", (before, key))  # noqa: S608
        now = datetime.now(UTC).strftime(KEPT)
        database.execute("UPDATE outbox SET available_at = ? WHERE kind = 'recertify' AND \"to\" = '' AND done_at IS NULL", (now,))
