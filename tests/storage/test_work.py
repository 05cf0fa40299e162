"""Units of work: whole or not at all, told only once they are kept, and never in each other's way."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ports import Store, Work
from storage import work as work_module
from storage.engine import StoreUnusable
from storage.inbox import SqlInbox
from storage.work import PostgresStore, SqliteStore, open_store
from tests.samples import EVERYBODY, MAPLE_GROVE, NOON, a_request
from tests.storage.conftest import AnyStore

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A store over a SQLite file."""
    opened = await open_store(f"sqlite:///{tmp_path / 'hallpass.db'}", lambda: NOON)
    assert isinstance(opened, SqliteStore)
    yield opened
    await opened.close()


@pytest.fixture
async def remote(postgres_database: str) -> AsyncIterator[PostgresStore]:
    """A store over PostgreSQL."""
    opened = await open_store(postgres_database, lambda: NOON)
    assert isinstance(opened, PostgresStore)
    yield opened
    await opened.close()


def note(work: Work, delivery: str) -> bool:
    return work.inbox.first(delivery, "noted")


def note_and_fail(work: Work, delivery: str) -> None:
    work.inbox.first(delivery, "noted")
    raise LookupError(delivery)


async def noted(store: Store, delivery: str) -> bool:
    return await store.read(lambda work: work.inbox.result(delivery)) is not None


def run(work: Work, statement: str) -> None:
    """Do what no port does, on the unit's own connection."""
    assert isinstance(work.inbox, SqlInbox)
    work.inbox._connection.execute(text(statement))


async def test_reopening_keeps_everything(store: AnyStore, url: str) -> None:
    await store.write(lambda work: work.directory.replace(MAPLE_GROVE, EVERYBODY))
    await store.write(lambda work: work.requests.add(a_request()))
    await store.close()

    again = await open_store(url, lambda: NOON)

    assert await again.read(lambda work: work.requests.all(MAPLE_GROVE)) == (a_request(),)
    assert len(await again.read(lambda work: work.directory.people(MAPLE_GROVE))) == len(EVERYBODY)
    await again.close()


async def test_a_unit_that_fails_leaves_nothing_and_takes_nobody_with_it(store: Store) -> None:
    units = [store.write(note_and_fail if number == 7 else note, f"d{number}") for number in range(20)]

    results = await asyncio.gather(*units, return_exceptions=True)

    assert [type(result) for result in results] == [LookupError if number == 7 else bool for number in range(20)]
    assert [await noted(store, f"d{number}") for number in range(20)] == [number != 7 for number in range(20)]


async def test_a_unit_may_be_given_what_it_needs(store: Store) -> None:
    def add(work: Work, delivery: str, *, result: str) -> str | None:
        work.inbox.first(delivery, result)
        return work.inbox.result(delivery)

    assert await store.write(add, "d1", result="kept") == "kept"


async def test_what_is_not_committed_is_seen_by_nobody_else(sqlite: SqliteStore) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slowly(work: Work) -> None:
        work.inbox.first("d1")
        inside.set()
        go_on.wait(10)

    writing = asyncio.create_task(sqlite.write(slowly))
    await asyncio.to_thread(inside.wait, 10)
    before = await noted(sqlite, "d1")
    go_on.set()
    await writing

    assert not before
    assert await noted(sqlite, "d1")


async def test_reading_cannot_change_anything(store: Store) -> None:
    with pytest.raises((DBAPIError, StoreUnusable), match=r"read-?only"):
        await store.read(note, "d1")

    assert not await noted(store, "d1")


async def test_a_commit_that_fails_fails_everybody_who_shared_it(sqlite: SqliteStore) -> None:
    def commits_badly(work: Work) -> None:
        run(work, "PRAGMA defer_foreign_keys = ON")
        run(work, "INSERT INTO stage_people (stage, position, person) VALUES ('none', 0, 'dana')")

    together = (sqlite.write(note, "d1"), sqlite.write(commits_badly), sqlite.write(note, "d2"))
    results = await asyncio.gather(*together, return_exceptions=True)

    assert all(isinstance(result, StoreUnusable) for result in results)
    assert not await noted(sqlite, "d1")
    assert await sqlite.write(note, "d3")


async def test_a_full_disk_refuses_what_it_cannot_hold_and_heals(sqlite: SqliteStore) -> None:
    await sqlite.write(run, "PRAGMA max_page_count = 1")  # SQLite makes it the pages there are

    with pytest.raises(StoreUnusable, match="full"):
        await sqlite.write(note, "large" * 100_000)
    await sqlite.write(run, "PRAGMA max_page_count = 100000")

    assert await sqlite.write(note, "large" * 100_000)


async def test_when_sqlite_undoes_everything_everybody_is_told(sqlite: SqliteStore) -> None:
    together = (sqlite.write(note, "d1"), sqlite.write(run, "ROLLBACK"), sqlite.write(note, "d2"))  # as it does after some faults

    results = await asyncio.gather(*together, return_exceptions=True)

    assert all(isinstance(result, StoreUnusable) for result in results)
    assert not await noted(sqlite, "d1")
    assert not await noted(sqlite, "d2")
    assert await sqlite.write(note, "d1")


async def test_whoever_stops_waiting_early_changes_nothing_and_breaks_nothing(sqlite: SqliteStore) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slowly(work: Work) -> None:
        inside.set()
        go_on.wait(10)
        work.inbox.first("running")

    running = asyncio.create_task(sqlite.write(slowly))
    await asyncio.to_thread(inside.wait, 10)
    queued = asyncio.create_task(sqlite.write(note, "queued"))
    await asyncio.sleep(0)
    running.cancel()
    queued.cancel()
    go_on.set()

    assert await sqlite.write(note, "next")
    assert await noted(sqlite, "running")
    assert not await noted(sqlite, "queued")


async def test_closing_finishes_what_was_accepted(sqlite: SqliteStore, tmp_path: Path) -> None:
    units = [asyncio.create_task(sqlite.write(note, f"d{number}")) for number in range(200)]
    await asyncio.sleep(0)

    await sqlite.close()

    assert all(await asyncio.gather(*units))
    again = await open_store(f"sqlite:///{tmp_path / 'hallpass.db'}", lambda: NOON)
    assert all([await noted(again, f"d{number}") for number in range(200)])
    await again.close()


async def test_nothing_is_accepted_after_closing(sqlite: SqliteStore) -> None:
    await sqlite.close()

    with pytest.raises(StoreUnusable, match="stopping"):
        await sqlite.write(note, "d1")
    with pytest.raises(StoreUnusable, match="stopping"):
        await sqlite.read(note, "d1")


KILLED = """
import asyncio, sys
from datetime import UTC, datetime
from storage.inbox import SqlInbox
from storage.work import open_store

async def main():
    store = await open_store(sys.argv[1], lambda: datetime.now(UTC))
    numbers = iter(range(1_000_000))

    async def someone():
        for number in numbers:
            await store.write(lambda work: work.inbox.first(f"d{number}"))
            print(number, flush=True)

    await asyncio.gather(*(someone() for _ in range(8)))

asyncio.run(main())
"""


async def test_a_process_that_is_killed_loses_nothing_it_had_confirmed(store: Store, url: str) -> None:
    confirmed = await asyncio.to_thread(killed_while_writing, url)

    kept = [await noted(store, f"d{number}") for number in confirmed]

    assert len(kept) >= 150
    assert all(kept)


def killed_while_writing(url: str) -> list[str]:
    """Let another process write, kill it in the middle, and return what it had confirmed."""
    with subprocess.Popen([sys.executable, "-c", KILLED, url], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        confirmed = [process.stdout.readline() for _ in range(150)]
        process.kill()
        confirmed += process.stdout.readlines()
    return [line.strip() for line in confirmed if line.endswith("\n")]


@pytest.mark.postgres
async def test_two_who_wait_for_each_other_are_both_served(remote: PostgresStore) -> None:
    def both(work: Work, one: int, other: int) -> int:
        run(work, f"SELECT pg_advisory_xact_lock({one})")
        run(work, "SELECT pg_sleep(0.2)")
        run(work, f"SELECT pg_advisory_xact_lock({other})")
        return one

    served = await asyncio.gather(remote.write(both, 1, 2), remote.write(both, 2, 1))

    assert list(served) == [1, 2]


@pytest.mark.postgres
async def test_a_unit_whose_connection_was_lost_runs_again(remote: PostgresStore) -> None:
    tries = []

    def unlucky(work: Work) -> bool:
        tries.append("")
        first = work.inbox.first("lost once")
        if len(tries) == 1:
            run(work, "SELECT pg_terminate_backend(pg_backend_pid())")
        return first

    assert await remote.write(unlucky)
    assert len(tries) == 2


@pytest.mark.postgres
async def test_a_unit_that_loses_every_connection_is_given_up(remote: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "PAUSES", (0.0, 0.0))

    with pytest.raises(StoreUnusable, match="PostgreSQL at"):
        await remote.write(run, "SELECT pg_terminate_backend(pg_backend_pid())")

    assert await remote.write(note, "afterwards")


@pytest.mark.postgres
async def test_a_commit_that_was_never_answered_is_not_tried_again(remote: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    async def lost(connection: AsyncConnection) -> None:
        raise ConnectionResetError

    monkeypatch.setattr(AsyncConnection, "commit", lost)
    with pytest.raises(StoreUnusable):
        await remote.write(lambda work: tries.append(""))

    assert len(tries) == 1


async def test_a_units_own_trouble_is_not_the_databases(store: Store) -> None:
    def reads_a_file(work: Work) -> None:
        raise FileNotFoundError("a pack")

    with pytest.raises(FileNotFoundError):
        await store.write(reads_a_file)
