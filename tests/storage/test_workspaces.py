"""Which workspaces let us in: kept on both databases, and whose people are there stays through a new installation."""

from dataclasses import replace
from datetime import timedelta

from handlers.kept import Workspace
from handlers.people import Platform
from handlers.ports import Store
from tests.samples import MAPLE_GROVE, NOON

T1 = Workspace(Platform.slack, "T1", "Maple Grove", "E1", sealed="first", installed_at=NOON)
LATER = NOON + timedelta(hours=1)


async def kept(store: Store, tenant: str = "T1") -> Workspace | None:
    return await store.read(lambda work: work.workspaces.get(Platform.slack, tenant))


async def test_a_workspace_is_kept_and_found_by_what_is_above_it(store: Store) -> None:
    await store.write(lambda work: work.workspaces.install(T1))

    assert await kept(store) == T1
    assert await kept(store, "T2") is None
    assert await store.read(lambda work: work.workspaces.all(Platform.slack)) == (T1,)
    assert await store.read(lambda work: work.workspaces.beneath(Platform.slack, "E1")) == (T1,)
    assert await store.read(lambda work: work.workspaces.all(Platform.teams)) == ()


async def test_whose_people_are_there_stays_through_removal_and_a_new_installation(store: Store) -> None:
    await store.write(lambda work: work.workspaces.install(T1))
    assert await store.write(lambda work: work.workspaces.map(Platform.slack, "T1", MAPLE_GROVE))
    assert not await store.write(lambda work: work.workspaces.map(Platform.slack, "T2", MAPLE_GROVE))

    assert await store.write(lambda work: work.workspaces.remove(Platform.slack, "T1", LATER))
    assert await kept(store) == replace(T1, district=MAPLE_GROVE, sealed="", removed_at=LATER)
    assert not await store.write(lambda work: work.workspaces.remove(Platform.slack, "T1", LATER))

    again = replace(T1, name="Renamed", sealed="second", installed_at=LATER)
    await store.write(lambda work: work.workspaces.install(again))
    assert await kept(store) == replace(again, district=MAPLE_GROVE)


async def test_tokens_are_renewed_only_by_whoever_read_the_newest(store: Store) -> None:
    await store.write(lambda work: work.workspaces.install(T1))

    assert await store.write(lambda work: work.workspaces.renew(T1, "second"))
    assert not await store.write(lambda work: work.workspaces.renew(T1, "third"))

    found = await kept(store)
    assert found
    assert found.sealed == "second"


async def test_a_workspace_that_is_known_is_not_noted_again(store: Store) -> None:
    seen = Workspace(Platform.slack, "T1", above="E9")
    await store.write(lambda work: work.workspaces.note(seen))
    assert await kept(store) == seen

    await store.write(lambda work: work.workspaces.install(T1))
    await store.write(lambda work: work.workspaces.note(seen))
    assert await kept(store) == T1
