"""Deliveries: what a platform sends twice happens once."""

import asyncio

import pytest

from handlers.ports import Store, Work


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
