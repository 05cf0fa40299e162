"""Where somebody can be written to is kept, and forgotten when it is no longer so."""

from datetime import timedelta

from handlers.people import Address, Platform
from handlers.ports import Store
from tests.samples import NOON

DANA, LEE = (Address(Platform.teams, "tenant-1", user) for user in ("aad-dana", "aad-lee"))


async def test_the_newest_of_a_reader_counts(store: Store) -> None:
    await store.write(lambda work: work.conversations.keep(DANA, "old", NOON))
    await store.write(lambda work: work.conversations.keep(DANA, "new", NOON))

    assert await store.read(lambda work: work.conversations.of(DANA)) == "new"
    assert await store.read(lambda work: work.conversations.of(LEE)) is None


async def test_the_newest_of_a_tenant_is_anybodys(store: Store) -> None:
    await store.write(lambda work: work.conversations.keep(LEE, "later", NOON + timedelta(hours=1)))
    await store.write(lambda work: work.conversations.keep(DANA, "earlier", NOON))

    assert await store.read(lambda work: work.conversations.newest(Platform.teams, "tenant-1")) == "later"
    assert await store.read(lambda work: work.conversations.newest(Platform.teams, "tenant-2")) is None


async def test_what_is_dropped_is_forgotten(store: Store) -> None:
    await store.write(lambda work: work.conversations.keep(DANA, "here", NOON))
    await store.write(lambda work: work.conversations.drop(DANA))

    assert await store.read(lambda work: work.conversations.of(DANA)) is None
