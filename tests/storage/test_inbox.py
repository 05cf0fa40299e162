"""Deliveries: what a platform sends twice happens once."""

import asyncio
from pathlib import Path

import pytest

from handlers.ports import Store, Work
from storage.engine import StoreUnusable
from storage.work import open_store
from tests.samples import NOON
from tests.storage.conftest import Sql


async def test_only_the_first_of_a_delivery_counts_and_its_result_is_kept(store: Store) -> None:
    assert await store.write(lambda work: work.inbox.first("slack:Ev1", "a1"))
    assert not await store.write(lambda work: work.inbox.first("slack:Ev1", "a2"))

    assert await store.read(lambda work: work.inbox.result("slack:Ev1")) == "a1"
    assert await store.read(lambda work: work.inbox.result("slack:Ev2")) is None


async def test_of_many_at_once_one_is_first(store: Store) -> None:
    first = await asyncio.gather(*(store.write(lambda work: work.inbox.first("slack:Ev1")) for _ in range(50)))

    assert first.count(True) == 1


async def test_a_delivery_whose_work_failed_may_come_again(store: Store) -> None:
    def fails(work: Work) -> None:
        work.inbox.first("slack:Ev1")
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(fails)

    assert await store.write(lambda work: work.inbox.first("slack:Ev1"))


async def test_a_beat_is_written_every_time_and_is_one_row(store: Store, sql: Sql) -> None:
    for _ in range(3):
        await store.write(lambda work: work.inbox.beat())

    assert len(await sql("SELECT delivery FROM inbox")) == 1


async def test_a_file_that_was_taken_away_has_no_beat(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/here.db", lambda: NOON)
    await store.write(lambda work: work.inbox.beat())
    (tmp_path / "here.db").rename(tmp_path / "there.db")

    with pytest.raises(StoreUnusable, match="is gone"):
        await store.write(lambda work: work.inbox.beat())
    await store.close()
