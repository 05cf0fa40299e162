"""Dead cards, in both databases: who still has one, what is sent again, and two that die at the same moment."""

import asyncio
from dataclasses import replace

from handlers.ids import DutyId
from handlers.kept import Claimed
from handlers.people import DistrictKey
from handlers.ports import Work
from storage.work import open_store
from tests.samples import DANA, HELEN, MAPLE_GROVE, MARIA, NOON, RAVI, a_duty, a_request
from tests.storage.conftest import AnyStore
from tests.storage.test_outbox import a_card, claim, claim_one, posted, put


async def die(store: AnyStore, claimed: Claimed) -> bool:
    return await store.write(lambda work: work.outbox.failed(claimed, "gone", None))


async def alive(store: AnyStore) -> frozenset[str]:
    return await store.read(lambda work: work.outbox.alive(a_card("c1").request, "decide", "r1.s1"))


async def test_who_has_a_card_or_will_have_one_is_told_from_who_never_will(store: AnyStore) -> None:
    other = replace(a_card("other", DANA), about="r1.s2")
    await put(store, a_card("m1"), a_card("r1", RAVI), a_card("h1", HELEN), other)
    maria, ravi, *_ = await claim(store)
    await store.write(lambda work: work.outbox.sent(maria, posted(maria.leaving)))
    assert await die(store, ravi)

    assert await alive(store) == {MARIA.id, HELEN.id}


async def test_a_rewrite_that_died_takes_nobodys_card_away(store: AnyStore) -> None:
    await put(store, a_card("m1"))
    first = await claim_one(store)
    await store.write(lambda work: work.outbox.sent(first, posted(first.leaving)))
    await put(store, replace(a_card("m2"), card="m1", redraw=True))
    await die(store, await claim_one(store))

    assert await alive(store) == {MARIA.id}


async def test_who_lost_the_lease_hears_that_it_did_not_count(store: AnyStore) -> None:
    await put(store, a_card("m1"))
    claimed = await claim_one(store)
    assert await store.write(lambda work: work.outbox.failed(claimed, "busy", 0.0))
    again = await claim_one(store)

    assert not await die(store, claimed)
    assert await die(store, again)


async def test_what_is_sent_again_is_due_at_once_and_looked_for_first(store: AnyStore) -> None:
    await put(store, a_card("m1"), a_card("r1", RAVI))
    for claimed in await claim(store):
        await die(store, claimed)
    maria, ravi = await store.read(lambda work: work.outbox.dead(MAPLE_GROVE))
    assert [one.leaving.to for one in (maria, ravi)] == [MARIA.id, RAVI.id]

    await store.write(lambda work: work.outbox.revive([maria.id]))

    claimed = await claim_one(store)
    assert (claimed.id, claimed.attempts) == (maria.id, 2)
    assert await store.read(lambda work: work.outbox.dead(MAPLE_GROVE)) == (ravi,)
    assert await store.read(lambda work: work.outbox.dead(DistrictKey("oak-hollow"))) == ()


async def test_what_is_not_dead_is_not_sent_again(store: AnyStore) -> None:
    await put(store, a_card("m1"))
    claimed = await claim_one(store)

    await store.write(lambda work: work.outbox.revive([claimed.id]))
    await store.write(lambda work: work.outbox.revive([]))

    assert await claim(store) == ()


async def test_a_duty_gets_one_owner_more(store: AnyStore) -> None:
    await store.write(lambda work: work.requests.add(a_request(duties=[a_duty("r1.d1", "Tell the parents", MARIA, RAVI)])))

    await store.write(lambda work: work.requests.owe_also(DutyId("r1.d1"), HELEN.id))

    (owed,) = await store.read(lambda work: work.requests.owed_by(HELEN.id))
    assert owed.duties[0].owners == (MARIA.id, RAVI.id, HELEN.id)


async def test_of_two_cards_that_die_at_once_the_second_sees_the_first(store: AnyStore, url: str) -> None:
    """Each would else count on the other's reader, and nobody be asked."""
    other = await open_store(url, lambda: NOON)
    await store.write(lambda work: work.requests.add(a_request()))
    await put(store, a_card("m1"), a_card("r1", RAVI))
    claimed = await claim(store)
    await other.write(lambda work: work.requests.hold(a_request().id))  # both have their connection: they run in step

    def dies(work: Work, one: Claimed) -> int:
        work.requests.hold(one.leaving.request)
        work.outbox.failed(one, "gone", None)
        return len(work.outbox.alive(one.leaving.request, "decide", "r1.s1"))

    left = await asyncio.gather(*(at.write(dies, one) for at, one in zip((store, other), claimed, strict=True)))

    assert sorted(left) == [0, 1]
    await other.close()
