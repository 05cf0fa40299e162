"""Units of work: a plain function in a transaction, and what it returns is told once it is committed. Not here: any query."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from sqlalchemy import URL, Connection
from sqlalchemy.util import greenlet_spawn

from handlers.ports import Clock, Store, Work
from storage.database import Database
from storage.engine import (
    READERS,
    StoreUnusable,
    address,
    drivers_raise,
    in_words,
    is_sqlite,
    passing,
    postgres,
    reader,
    unusable,
    writer,
)
from storage.held import Held, HeldByEach
from storage.jobs import Job, Outcome, Queue, apart, tell
from storage.keyring import Keyring
from storage.leftover import forget
from storage.lock import Alone
from storage.migrate import prepare
from storage.postgres import READ, WRITE, Committing, looked, transact
from storage.unit import Units

P = ParamSpec("P")
T = TypeVar("T")

GLANCE = 50  # milliseconds that a look on the loop waits for a lock; a reader of a SQLite file waits for none as a rule
PAUSES = (0.05, 0.25, 1.0)  # seconds before trying again: long enough for most deadlocks and many restarts


async def open_store(where: str | Database, clock: Clock, alone: Alone | None = None) -> "SqliteStore | PostgresStore":
    """Open the database, made first if it is new. Raises StoreUnusable.

    Whoever is `alone` (storage.lock) takes over what a process that died had claimed; otherwise that waits for its lease to end.
    """
    database = Database.of(where)
    place, units = address(database.url), Units(clock, uuid4().hex, Keyring(database.secrets))
    await prepare(place, units.keyring, clock)
    if not is_sqlite(place):
        return PostgresStore(place, units)
    store = SqliteStore(place, units)
    if alone is not None:
        await store.forget_leases()
    return store


class SqliteStore(Store):
    """One writer thread, and one commit for all the units that wait: waiting for the disk costs more than a unit.

    Reads have threads of their own: 0.35 ms instead of 0.22 on the loop, but 500 requests take 23, and nothing else would move. A glance
    has a row or two to find, and handing it over would take longer.
    """

    def __init__(self, url: URL, units: Units) -> None:
        self._url, self._units = url, units
        self._write, self._read = writer(url), reader(url)
        self._readers = ThreadPoolExecutor(READERS, "hallpass-reader")
        self._glances, self._reading = Held(self._read, GLANCE), HeldByEach(self._read)
        self._loop = asyncio.get_running_loop()
        self._queue = Queue(self._loop)
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="hallpass-writer", daemon=True)
        self._thread.start()

    async def write(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit and wait until it is on the disk. Raises what the unit raised, or StoreUnusable: then nothing of it is kept."""
        return await self._queued(lambda connection: self._units.run(connection, unit, *args, **kwargs))

    async def read(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit on what is committed at this moment; it cannot change anything."""
        self._refuse_late()
        return await self._loop.run_in_executor(self._readers, self._seen, lambda work: unit(work, *args, **kwargs))

    async def glance(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit here and now; where the file is not free at once, as any other read."""
        self._refuse_late()
        with suppress(*drivers_raise()), self._glances.begun() as connection:
            return self._units.run(connection, unit, *args, **kwargs)
        return await self.read(unit, *args, **kwargs)

    async def forget_leases(self) -> None:
        """Free what was claimed by a process that is no more."""
        await self._queued(forget)

    async def close(self) -> None:
        """Finish everything that was accepted, then close the file."""
        if not self._closing:
            self._closing = True
            self._queue.end()
        await asyncio.to_thread(self._thread.join)
        await asyncio.to_thread(self._readers.shutdown)
        self._glances.drop()
        self._reading.drop()
        self._read.dispose()
        self._write.dispose()

    async def _queued(self, run: Callable[[Connection], T]) -> T:
        self._refuse_late()
        job = Job(run, self._loop.create_future())
        self._queue.put(job)
        value: T = await job.future
        return value

    def _refuse_late(self) -> None:
        if self._closing:
            raise StoreUnusable("Hallpass is stopping; nothing was changed.")

    def _seen(self, run: Callable[[Work], T]) -> T:
        try:
            with self._reading.mine().begun() as connection:
                return self._units.run(connection, run)
        except drivers_raise() as error:
            raise in_words(self._url, error) from error

    def _serve(self) -> None:
        jobs, held = list[Job | None](), Held(self._write)
        while None not in jobs:
            jobs = self._queue.waiting()
            outcomes = self._together(held, [job for job in jobs if job is not None and not job.future.cancelled()])
            with suppress(RuntimeError):  # the loop is gone, and nobody waits any more
                self._loop.call_soon_threadsafe(tell, outcomes)

        held.drop()

    def _together(self, held: Held, jobs: list[Job]) -> list[Outcome]:
        """Run the jobs under one commit; when that fails nothing of any of them is kept."""
        try:
            with held.begun() as connection:
                return [apart(connection, job, self._url) for job in jobs]
        except BaseException as error:  # noqa: BLE001  # the thread must live on, whatever happened
            return [(job, None, unusable(self._url, error)) for job in jobs]


class PostgresStore(Store):
    """A connection for each unit; several processes may share the database."""

    def __init__(self, url: URL, units: Units) -> None:
        self._url, self._units = url, units
        self._engine = postgres(url, isolation_level="AUTOCOMMIT")  # for we say ourselves where a transaction begins and ends

    async def write(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit and wait until it is committed. Raises what the unit raised, then nothing of it is kept, or StoreUnusable."""
        return await self._again(WRITE, lambda connection: self._units.run(connection, unit, *args, **kwargs))

    async def read(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit on what is committed at this moment; it cannot change anything."""
        return await self._again(READ, lambda connection: self._units.run(connection, unit, *args, **kwargs))

    async def glance(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit without a transaction: to begin and end one takes as long as two statements."""
        return await self._again(None, lambda connection: self._units.run(connection, unit, *args, **kwargs))

    async def close(self) -> None:
        await self._engine.dispose()

    async def _again(self, begin: str | None, run: Callable[[Connection], T]) -> T:
        """Try a few times, as long as it is certain that nothing was kept."""
        for pause in PAUSES:
            with suppress(_NothingKept):
                return await self._once(begin, run)
            await asyncio.sleep(pause)
        return await self._once(begin, run)

    async def _once(self, begin: str | None, run: Callable[[Connection], T]) -> T:
        try:
            if begin is None:
                return await greenlet_spawn(looked, self._engine.sync_engine, run)
            return await greenlet_spawn(transact, self._engine.sync_engine, begin, run)
        except Committing as lost:  # a lost connection leaves it open whether the unit was kept
            raise in_words(self._url, lost.__cause__ or lost) from lost
        except drivers_raise() as error:
            if passing(error):
                raise _NothingKept(str(unusable(self._url, error))) from error
            raise in_words(self._url, error) from error


class _NothingKept(StoreUnusable):
    """The same unit may run again."""
