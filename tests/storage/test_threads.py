"""The browser's threads: each message once, in order, rewritten in its place."""

from datetime import datetime, timedelta

import pytest

from handlers.ports import CannotDeliver, Store, Work
from tests.samples import DANA, MARIA, NOON
from tests.storage.conftest import Sql

HERS = DANA.addresses[0]


def post(work: Work, key: str, body: str, at: datetime) -> str:
    return work.threads.post(HERS, key, body, at)


async def test_messages_come_back_oldest_first_and_only_the_newest_of_many(store: Store) -> None:
    for number in range(4):
        await store.write(post, f"k{number}", f"body {number}", NOON + timedelta(hours=number))

    last = await store.read(lambda work: work.threads.of(HERS, limit=2))

    assert [(body, at) for _, body, at in last] == [("body 2", NOON + timedelta(hours=2)), ("body 3", NOON + timedelta(hours=3))]
    assert await store.read(lambda work: work.threads.of(MARIA.addresses[0])) == ()


async def test_a_message_posted_twice_is_one_message(store: Store) -> None:
    first = await store.write(post, "k1", "Hello", NOON)
    again = await store.write(post, "k1", "Hello again", NOON)

    assert again == first
    assert await store.read(lambda work: work.threads.of(HERS)) == ((first, "Hello", NOON),)


async def test_a_message_is_rewritten_in_its_place(store: Store, sql: Sql) -> None:
    first = await store.write(post, "k1", "Waiting for Maria", NOON)
    await store.write(post, "k2", "Something else", NOON)

    await store.write(lambda work: work.threads.edit(HERS, first, "Approved"))

    bodies = [body for _, body, _ in await store.read(lambda work: work.threads.of(HERS))]
    assert bodies == ["Approved", "Something else"]
    assert [edited is not None for (edited,) in await sql("SELECT edited_at FROM threads ORDER BY number")] == [True, False]


@pytest.mark.parametrize("message", ["0", "no number", "9" * 40])
async def test_what_is_not_there_cannot_be_rewritten(store: Store, message: str) -> None:
    with pytest.raises(CannotDeliver) as why:
        await store.write(lambda work: work.threads.edit(HERS, message, "Approved"))

    assert why.value.permanent


async def test_nobody_rewrites_what_somebody_else_reads(store: Store) -> None:
    first = await store.write(post, "k1", "Waiting for Maria", NOON)

    with pytest.raises(CannotDeliver):
        await store.write(lambda work: work.threads.edit(MARIA.addresses[0], first, "Approved"))
