"""What only one process may do at a time: the first keeps it, another takes it over from one that has fallen silent. Both databases."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.lock import Alone
from storage.work import open_store
from tests.samples import NOON
from tests.storage.conftest import AnyStore, Sql

SILENT = {
    "sqlite": "UPDATE inbox SET at = strftime('%Y-%m-%d %H:%M:%f000', 'now', '-61 seconds')",
    "postgresql": "UPDATE inbox SET at = statement_timestamp() - interval '61 seconds'",
}


@pytest.fixture
async def other(url: str) -> AsyncIterator[AnyStore]:
    """Another process on the same database."""
    opened = await open_store(url, lambda: NOON)
    yield opened
    await opened.close()


async def mine(store: AnyStore) -> bool:
    return await store.write(lambda work: work.inbox.mine("say:a1"))


async def test_who_is_first_keeps_it(store: AnyStore, other: AnyStore) -> None:
    assert await mine(store)

    assert not await mine(other)
    assert await mine(store)


async def test_of_many_at_once_one_has_it(store: AnyStore, other: AnyStore) -> None:
    asked = await asyncio.gather(*(mine(one) for one in (store, other) * 10))

    assert asked in ([True, False] * 10, [False, True] * 10)


async def test_one_who_has_fallen_silent_loses_it(store: AnyStore, other: AnyStore, sql: Sql, url: str) -> None:
    await mine(store)
    await sql(SILENT[url.partition(":")[0]])

    assert await mine(other)
    assert not await mine(store)


async def test_what_is_over_is_free(store: AnyStore, other: AnyStore) -> None:
    await mine(store)
    await store.write(lambda work: work.inbox.over("say:a1"))

    assert await mine(other)


async def test_what_is_done_is_noted_and_free_and_what_was_noted_stays(store: AnyStore, other: AnyStore) -> None:
    await mine(store)
    await store.write(lambda work: work.inbox.first("say:a2", "before"))

    await store.write(lambda work: work.inbox.done(["say:a1", "say:a2", "say:a3"], "said"))

    assert await store.read(lambda work: [work.inbox.result(f"say:a{one}") for one in (1, 2, 3)]) == ["said", "before", "said"]
    assert await mine(other)


async def test_whoever_is_alone_takes_over_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'alone.db'}"
    died = await open_store(url, lambda: NOON)
    assert await mine(died)
    await died.close()

    alive = await open_store(url, lambda: NOON, Alone(url))
    assert await mine(alive)
    await alive.close()
