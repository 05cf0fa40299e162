"""A SQLite database copied as of one moment while it is written to, and put back. PostgreSQL has tools of its own for that."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from storage.engine import BUSY, StoreUnusable, address, is_sqlite, onlooker, where
from storage.lock import one_process
from storage.migrate import Version, standing

PAGES = 1024  # copied at a time: whoever writes waits no longer than for these


def backup(url: str, to: Path) -> str:
    """Copy the database into a new file, which is whole or not there at all. Raises StoreUnusable.

    Everything is in it that was committed before; nobody who writes meanwhile is kept waiting.
    Source: https://www.sqlite.org/backup.html
    """
    place = _sqlite(url, "pg_dump --format=custom --file FILE DATABASE")
    if to.exists():
        raise StoreUnusable(f"{to} is there already, and a backup never takes the place of another file: name a new one.")
    if not Path(place.database or "").exists():
        raise StoreUnusable(f"{where(place)} does not exist: nothing was saved. Correct DATABASE_URL.")
    _copy(Path(place.database or ""), to)
    return f"{where(place)} was saved to {to} ({to.stat().st_size:,} bytes)."


def restore(url: str, source: Path, now: datetime) -> str:
    """Put a backup in the place of the database; what stood there before is kept beside it. Raises StoreUnusable."""
    place = _sqlite(url, "pg_restore --clean --dbname DATABASE FILE")
    _proved(source)
    with one_process(url):
        file = Path(place.database or "")
        kept = file.with_name(f"{file.name}.before-{now:%Y%m%dT%H%M%S}")
        if file.exists():
            _copy(file, kept)
        with _telling(file), closing(_opened(source, "ro")) as backed, closing(_opened(file, "rwc")) as target:
            backed.backup(target, pages=-1)
    before = f" What was there before is kept in {kept}." if kept.exists() else ""
    return f"{where(place)} is again as {source} has it.{before} Run `hallpass migrate`, then `hallpass check`."


def _sqlite(url: str, instead: str) -> URL:
    place = address(url)
    if not is_sqlite(place):
        raise StoreUnusable(f"{where(place)} has tools of its own for this: use `{instead}`.")
    return place


def _copy(source: Path, to: Path) -> None:
    """Copy beside the name that is meant, and rename once everything is on the disk."""
    part = to.with_name(f"{to.name}.part")
    with _telling(to):
        try:
            with closing(_opened(source, "rw")) as read, closing(_opened(part, "rwc")) as written:
                read.backup(written, pages=PAGES, sleep=0)
            _on_the_disk(part)
            part.rename(to)
        finally:
            part.unlink(missing_ok=True)


def _on_the_disk(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _proved(source: Path) -> None:
    """Raise StoreUnusable unless the file is a whole database of this Hallpass or an earlier one."""
    if not source.is_file():
        raise StoreUnusable(f"{source} is not there: name the file that `hallpass backup` made. Nothing was changed.")
    place = URL.create("sqlite+pysqlite", database=str(source))
    with _telling(source):
        with closing(_opened(source, "ro")) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone()[0]
        engine = onlooker(place)
        try:
            with engine.begin() as connection:
                version = standing(connection)
        finally:
            engine.dispose()
    if sound != "ok" or version not in (Version.current, Version.older):
        what = "is damaged" if sound != "ok" else "was made by a later Hallpass" if version is Version.newer else "is no backup of Hallpass"
        raise StoreUnusable(f"{source} {what}. Nothing was changed.")


def _opened(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY / 1000)


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as why:
        raise StoreUnusable(f"{file} cannot be used: {why}. Check the file and the room on the disk. Nothing was changed.") from why
    except OSError as why:
        raise StoreUnusable(f"{file} cannot be used: {why.strerror}. Check its folder's rights and the room on the disk.") from why
