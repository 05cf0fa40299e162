"""SQLite or PostgreSQL: a DATABASE_URL becomes an engine with the settings that make the two agree. Not here: transactions.

Whatever is wrong with the database is said in one sentence, without its password.
"""

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import gaierror
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, InvalidatePoolError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import InterfaceError as Interface
from sqlalchemy.exc import TimeoutError as PoolEmpty
from sqlalchemy.pool import ConnectionPoolEntry

from handlers.trouble import Trouble

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

EXAMPLES = "Set it to sqlite:///hallpass.db, or to postgresql://user:password@host/database."
READERS = 4  # threads that read a SQLite file; more would only wait for one another
BEGINS = "begins"  # how an engine's transactions begin: among its options
CONNECTIONS = 16  # to PostgreSQL, a replica
STATEMENTS = 512  # that a connection keeps prepared: more than the product has
PATIENCE = 10  # seconds for a new connection
BUSY = 30_000  # milliseconds: another process (a backup, a command) may write meanwhile

NETWORK = (ConnectionError, TimeoutError, gaierror)
PASSING = {  # SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
    "40001",  # serialization failure
    "40P01",  # deadlock
    "53300",  # too many connections
    "57P01",  # ended by an administrator
    "57P02",  # crashed
    "57P03",  # starting up
}


class StoreUnusable(Trouble):
    """The database cannot be used. The message is for an administrator: what, where, what to do."""


def drivers_raise() -> tuple[type[BaseException], ...]:
    """Return what the drivers raise that are loaded: PostgreSQL's are not where the data are in a file."""
    return (SQLAlchemyError, OSError, *((pg.PostgresError, pg.InterfaceError) if (pg := sys.modules.get("asyncpg")) else ()))


def address(url: str) -> URL:
    """Return the database's address with our own driver; raises StoreUnusable when it is no address that we know."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreUnusable(f"DATABASE_URL is not a database address. {EXAMPLES}") from None  # it would show the password
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite_address(parsed)
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+asyncpg")
        case other:
            raise StoreUnusable(f"DATABASE_URL names {other}, and Hallpass keeps its data in SQLite or PostgreSQL. {EXAMPLES}")


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def where(url: URL) -> str:
    """Return the database's place in words, without its password."""
    if is_sqlite(url):
        return f"The database file {url.database}"
    return f"PostgreSQL at {url.host or 'this machine'}:{url.port or 5432} (database {url.database or url.username or 'postgres'})"


def writer(url: URL) -> Engine:
    """Return an engine whose transactions hold SQLite's write lock from the start, and are on the disk once committed.

    What is overwritten there is gone: an erased key must not be left in a free corner of the file.
    """
    return _sqlite(url, "BEGIN IMMEDIATE", ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"))


def reader(url: URL) -> Engine:
    """Return an engine that sees one moment of a SQLite file and can change nothing."""
    return _sqlite(url, "BEGIN", ("query_only = ON", "cache_size = -500"))  # kB: the system keeps the rest once for all readers


def onlooker(url: URL) -> Engine:
    """Return an engine for a SQLite file that is there: it makes no file, and may look at one that nobody here may write."""
    path = Path(url.database or "").absolute()
    query = {"uri": "true", "mode": "rw" if _writable(path) else "ro"}
    if not _writable(path) and not path.with_name(f"{path.name}-wal").exists():
        query["immutable"] = "1"  # SQLite would want to write beside it otherwise, and nobody is changing it
    return _sqlite(url.set(database=path.as_uri(), query=query), "BEGIN", ("query_only = ON",))


def postgres(url: URL, **settings: Any) -> "AsyncEngine":  # noqa: ANN401  # SQLAlchemy's own
    """Return an engine for PostgreSQL; what stands behind the question mark of the address is understood as libpq does."""
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  # with the driver 11 MiB, for nothing where the data are in a file

    dsn = {"dsn": f"postgresql:///?{urlencode(url.query, doseq=True)}"} if url.query else {}
    session = {"application_name": "hallpass", "idle_in_transaction_session_timeout": "60000"}  # a frozen replica frees its locks
    engine = create_async_engine(
        url.set(query={}),
        connect_args={"timeout": PATIENCE, "server_settings": session, "statement_cache_size": STATEMENTS, **dsn},
        pool_size=CONNECTIONS,
        max_overflow=0,
        hide_parameters=True,
        **settings,
    )

    @event.listens_for(engine.sync_engine, "checkout")
    def lent(connection: Any, _entry: ConnectionPoolEntry, _lent: object) -> None:  # noqa: ANN401  # the driver's own
        if connection.driver_connection.is_closed():
            raise InvalidatePoolError  # PostgreSQL was restarted: the others are closed as well
        if connection.driver_connection.is_in_transaction():
            raise DisconnectionError

    return engine


@contextmanager
def telling(url: URL) -> Iterator[None]:
    """Turn what a driver says into one sentence for an administrator."""
    try:
        yield
    except drivers_raise() as error:
        raise unusable(url, error) from error


def unusable(url: URL, error: BaseException) -> StoreUnusable:
    """Return the sentence for what a driver said."""
    reason = _reason(error)
    if not is_sqlite(url):
        return StoreUnusable(f"{where(url)} cannot be used: {reason}. Start it, or correct DATABASE_URL.")
    folder = Path(url.database or "").absolute().parent
    if not folder.is_dir():
        return StoreUnusable(f"{where(url)} cannot be used: the folder {folder} does not exist. Create it, or correct DATABASE_URL.")
    return StoreUnusable(f"{where(url)} cannot be used: {reason}. Check the file, its folder's rights and the room on the disk.")


def in_words(url: URL, error: BaseException) -> BaseException:
    """Return the sentence for an outage; any other error, a bug of ours or what a unit raised, as it is."""
    outage = isinstance(error, (OperationalError, Interface, PoolEmpty)) or passing(error)
    return unusable(url, error) if outage else error


def passing(error: BaseException) -> bool:
    """Say whether PostgreSQL rolled everything back, or went away, for a reason that may be gone in a moment."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    state = getattr(getattr(error, "orig", error), "sqlstate", None) or ""
    return isinstance(error, NETWORK) or type(error) is OSError or state in PASSING or state.startswith("08")


def _reason(error: BaseException) -> str:
    """Return the driver's own words: SQLAlchemy's would add the statement and a link."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    words = re.sub(r"\[Errno -?\d+\] ", "", str(cause)).strip().splitlines()
    return words[0].rstrip(".").rpartition(">: ")[2] if words else type(cause).__name__


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _sqlite_address(url: URL) -> URL:
    if not url.database or url.database == ":memory:" or url.query:
        raise StoreUnusable(f"DATABASE_URL must name a SQLite file and nothing after it. {EXAMPLES}")
    return URL.create("sqlite+pysqlite", database=url.database)


def _sqlite(url: URL, begin: str, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(url, hide_parameters=True, pool_size=READERS + 1, max_overflow=0, execution_options={BEGINS: begin})

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401  # the driver's own
        connection.isolation_level = None  # the driver must not begin transactions of its own
        for pragma in ("foreign_keys = ON", f"busy_timeout = {BUSY}", *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        try:  # a unit's transaction was begun by the driver itself (storage.held): a statement of it is left to SQLAlchemy
            if not driver.in_transaction:
                driver.execute(begin)
        except sqlite3.Error as error:
            raise DBAPIError.instance(begin, None, error, sqlite3.Error, dialect=connection.dialect) from error

    return engine
