"""A connection to a SQLite file that a thread holds on to, and its transactions. Not here: what runs in them.

SQLAlchemy's pool and its frame around a transaction take longer than most units.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engine import BEGINS


class Held:
    """Opened when first needed, and anew after any trouble; for one thread at a time."""

    def __init__(self, engine: Engine, patience: int | None = None) -> None:
        """`patience` is how many milliseconds it waits for a lock, where that is not as long as the engine says."""
        self._engine, self._patience = engine, patience
        self._begin = str(engine.get_execution_options()[BEGINS])
        self._connection: Connection | None = None

    @contextmanager
    def begun(self) -> Iterator[Connection]:
        """Keep what is done meanwhile; whatever is raised undoes all of it."""
        try:
            connection = self._connection = self._connection or self._opened()
            self._said(connection, self._begin)
            yield connection
            self._said(connection, "COMMIT")
        except BaseException:
            self.drop()
            raise

    def drop(self) -> None:
        """Undo what was begun, and let the connection go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # perhaps it is let go because something is wrong with it
                connection.invalidate()
            connection.close()

    def _opened(self) -> Connection:
        connection = self._engine.connect()
        if self._patience is not None:
            self._said(connection, f"PRAGMA busy_timeout = {self._patience}")
        return connection

    def _said(self, connection: Connection, word: str) -> None:
        """Tell the driver itself. Raises what SQLAlchemy would raise."""
        try:
            cast("sqlite3.Connection", connection.connection.dbapi_connection).execute(word)
        except sqlite3.Error as error:
            raise DBAPIError.instance(word, None, error, sqlite3.Error, dialect=self._engine.dialect) from error


class HeldByEach:
    """One for each thread that asks."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._own, self._all = engine, threading.local(), list[Held]()

    def mine(self) -> Held:
        """Return this thread's."""
        held: Held | None = getattr(self._own, "held", None)
        if held is None:
            held = self._own.held = Held(self._engine)
            self._all.append(held)
        return held

    def drop(self) -> None:
        """Let go of all, once no thread uses them any more."""
        for held in self._all:
            held.drop()
