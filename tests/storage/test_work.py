"""Units of work: whole or not at all, told only once they are kept, and never in each other's way."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from handlers.ports import Store, Work
from storage import work as work_module
from storage.engine import StoreUnusable, address, reader
from storage.held import Held
from storage.inbox import SqlInbox
from storage.work import PostgresStore, SqliteStore, open_store
from tests.samples import EVERYBODY, MAPLE_GROVE, NOON, a_request
from tests.storage.conftest import AnyStore, run_sql

ROOT = Path(__file__).parents[2]
FEW = 4  # connections


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A store over a SQLite file."""
    opened = await open_store(f"sqlite:///{tmp_path / 'hallpass.db'}", lambda: NOON)
    assert isinstance(opened, SqliteStore)
    yield opened
    await opened.close()


def note(work: Work, delivery: str) -> bool:
    return work.inbox.first(delivery, "noted")


def missing(work: Work) -> str:
    raise LookupError(work.inbox.result("E1"))


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
    tries, says = [], asyncpg.Connection.execute

    async def lost(connection: asyncpg.Connection, statement: str) -> str:
        if statement == "COMMIT":
            raise ConnectionResetError
        said: str = await says(connection, statement)
        return said

    monkeypatch.setattr(asyncpg.Connection, "execute", lost)
    with pytest.raises(StoreUnusable):
        await remote.write(lambda work: tries.append(""))

    assert len(tries) == 1


@pytest.mark.postgres
async def test_what_goes_on_after_a_statement_failed_is_never_told_as_kept(remote: PostgresStore) -> None:
    def goes_on(work: Work) -> bool:
        noted = work.inbox.first("before what failed")
        with suppress(DBAPIError):
            run(work, "SELECT 1 / 0")
        return noted

    with pytest.raises(StoreUnusable, match="Nothing was changed"):
        await remote.write(goes_on)

    assert await remote.write(note, "before what failed")


@pytest.mark.postgres
async def test_who_gives_up_in_the_middle_leaves_no_open_transaction_behind(remote: PostgresStore) -> None:
    def sleepy(work: Work, delivery: str) -> None:
        work.inbox.first(delivery)
        run(work, "SELECT pg_sleep(5)")

    async def slow(number: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.1):
                await remote.write(sleepy, f"slow {number}")

    await asyncio.gather(*(slow(number) for number in range(FEW)))

    open_ones = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'"
    assert await asyncio.gather(*(remote.write(note, f"slow {number}") for number in range(FEW))) == [True] * FEW
    assert await run_sql(remote._url.render_as_string(hide_password=False), open_ones) == [(0,)]


@pytest.mark.postgres
async def test_a_database_that_was_restarted_while_nobody_asked_serves_the_next_unit(remote: PostgresStore) -> None:
    url = remote._url.render_as_string(hide_password=False)
    await asyncio.gather(*(remote.read(run, "SELECT pg_sleep(0.1)") for _ in range(FEW)))
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    await run_sql(url, f"SELECT pg_terminate_backend(pid) {others}")
    await asyncio.sleep(0.1)
    tries = []

    def notes(work: Work) -> bool:
        tries.append("")
        return work.inbox.first("after the restart")

    assert await remote.write(notes)
    assert len(tries) == 1


@pytest.mark.postgres
async def test_a_unit_that_reads_sees_one_moment_and_changes_nothing(remote: PostgresStore) -> None:
    def looks(work: Work) -> list[str | None]:
        before = work.inbox.result("a moment")
        asyncio.run_coroutine_threadsafe(remote.write(lambda other: other.inbox.first("a moment", "later")), loop)
        run(work, "SELECT pg_sleep(0.3)")
        return [before, work.inbox.result("a moment")]

    loop = asyncio.get_running_loop()

    assert await remote.read(looks) == [None, None]
    assert await remote.read(lambda work: work.inbox.result("a moment")) == "later"
    with pytest.raises(DBAPIError, match="read-only"):
        await remote.read(note, "read only")


async def test_a_units_own_trouble_is_not_the_databases(store: Store) -> None:
    def reads_a_file(work: Work) -> None:
        raise FileNotFoundError("a pack")

    with pytest.raises(FileNotFoundError):
        await store.write(reads_a_file)


async def test_a_glance_sees_what_is_kept(store: Store) -> None:
    await store.write(note, "E1")

    assert await store.glance(lambda work: work.inbox.result("E1")) == "noted"
    with pytest.raises(LookupError):
        await store.glance(missing)
    assert await store.glance(lambda work: work.inbox.result("E2")) is None


async def test_a_glance_that_cannot_be_taken_at_once_is_a_read(sqlite: SqliteStore, tmp_path: Path) -> None:
    await sqlite.write(note, "E1")
    elsewhere = reader(address(f"sqlite:///{tmp_path / 'nowhere' / 'hallpass.db'}"))
    sqlite._glances = Held(elsewhere)

    assert await sqlite.glance(lambda work: work.inbox.result("E1")) == "noted"


async def test_what_is_left_to_sqlalchemy_is_kept_and_undone_with_the_rest(sqlite: SqliteStore) -> None:
    def unit(work: Work, delivery: str) -> None:
        run(work, f"INSERT INTO inbox (delivery, result, at) VALUES ('{delivery}', 'noted', '2026-03-02 12:00:00.000000')")  # noqa: S608  # our own words
        if delivery == "E2":
            raise LookupError(delivery)

    await sqlite.write(unit, "E1")
    with pytest.raises(LookupError):
        await sqlite.write(unit, "E2")
    await sqlite.write(note, "E3")

    assert [await noted(sqlite, one) for one in ("E1", "E2", "E3")] == [True, False, True]
