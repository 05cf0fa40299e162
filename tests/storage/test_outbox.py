"""The outbox: what is put leaves once, in order within its lane, and never while somebody else is sending it."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import Executable

from handlers.ids import RequestId
from handlers.kept import Backlog, Claimed, Copy, Leaving
from handlers.people import Address, DistrictKey, Person, PersonId, Platform
from handlers.ports import Store, Work
from storage.leftover import DOUBT
from storage.lock import one_process
from storage.outbox import LEASE, LONGEST_ERROR
from storage.work import open_store
from tests.samples import DANA, MAPLE_GROVE, MARIA, NOON, RAVI
from tests.storage.conftest import AnyStore, Sql

LATER = "UPDATE outbox SET lease_until = '2000-01-01 00:00:00.000000'"  # as if the lease had run out


def a_card(key: str, reader: Person = MARIA) -> Leaving:
    """A card about Dana's request, in its reader's lane."""
    return Leaving(key, reader.id, MAPLE_GROVE, "decide", RequestId("r1"), "r1.s1", reader.id, key)


def posted(card: Leaving, message: str = "m1") -> Copy:
    return Copy(card.card, card.request, card.kind, card.about, card.to, Address(Platform.slack, "T1", "U1"), message)


async def put(store: Store, *cards: Leaving) -> None:
    def all_of_them(work: Work) -> None:
        for card in cards:
            work.outbox.put(card)

    await store.write(all_of_them)


async def claim(store: Store, limit: int = 10) -> tuple[Claimed, ...]:
    return await store.write(lambda work: work.outbox.claim(limit))


async def claim_one(store: Store) -> Claimed:
    (claimed,) = await claim(store)
    return claimed


async def test_a_card_that_is_put_twice_leaves_once(store: Store) -> None:
    await put(store, a_card("c1"), a_card("c1"))

    claimed = await claim_one(store)
    await store.write(lambda work: work.outbox.sent(claimed, None))
    await put(store, a_card("c1"))

    assert claimed.leaving == a_card("c1")
    assert claimed.attempts == 1
    assert await claim(store) == ()


async def test_a_lane_leaves_in_order_and_lanes_do_not_wait_for_each_other(store: Store) -> None:
    await put(store, a_card("m1"), a_card("m2"), a_card("r1", RAVI), a_card("r2", RAVI))

    first = await claim(store)
    await store.write(lambda work: work.outbox.sent(first[0], None))
    second = await claim(store)

    assert [one.leaving.key for one in first] == ["m1", "r1"]
    assert [one.leaving.key for one in second] == ["m2"]


async def test_no_more_are_claimed_than_asked_for(store: Store) -> None:
    await put(store, a_card("m1"), a_card("r1", RAVI), a_card("d1", DANA))

    assert [one.leaving.key for one in await claim(store, 2)] == ["m1", "r1"]


async def test_a_card_is_claimed_by_one_of_many(store: Store, url: str) -> None:
    other = await open_store(url, lambda: NOON)
    await put(store, *(a_card(f"c{number}", replace(DANA, id=PersonId(f"p{number}"))) for number in range(40)))

    found = await asyncio.gather(*(claim(one, 7) for _ in range(10) for one in (store, other)))

    keys = [one.leaving.key for some in found for one in some]
    assert sorted(keys) == sorted(f"c{number}" for number in range(40))
    await other.close()


async def test_a_claimed_card_comes_back_when_the_lease_has_run_out(store: Store, sql: Sql) -> None:
    await put(store, a_card("c1"))
    await claim_one(store)
    assert await claim(store) == ()

    await sql(LATER)

    assert (await claim_one(store)).attempts == 2


async def test_a_card_that_left_after_all_does_not_leave_again(store: Store, sql: Sql) -> None:
    await put(store, a_card("c1"))
    slow = await claim_one(store)
    await sql(LATER)
    await claim_one(store)

    await store.write(lambda work: work.outbox.sent(slow, None))
    await sql(LATER)

    assert await claim(store) == ()


async def test_who_lost_the_lease_does_not_speak_for_who_holds_it(store: Store, sql: Sql) -> None:
    await put(store, a_card("c1"))
    slow = await claim_one(store)
    await sql(LATER)
    await claim_one(store)

    await store.write(lambda work: work.outbox.failed(slow, "too slow", None))

    assert await sql("SELECT dead_at FROM outbox") == [(None,)]
    assert await claim(store) == ()


async def test_a_failed_card_holds_its_lane_until_it_may_be_tried_again(store: Store) -> None:
    await put(store, a_card("c1"), a_card("c2"))
    claimed = await claim_one(store)

    await store.write(lambda work: work.outbox.failed(claimed, "the platform is away", 30.0))
    waiting = await store.read(lambda work: work.outbox.waiting())

    assert await claim(store) == ()
    assert waiting == pytest.approx(30.0, abs=5.0)


async def test_what_was_given_up_is_shown_to_an_administrator_with_its_reason(store: Store) -> None:
    await put(store, a_card("c1"))
    claimed = await claim_one(store)

    await store.write(lambda work: work.outbox.failed(claimed, "the channel is gone", None))

    (dead,) = await store.read(lambda work: work.outbox.dead(MAPLE_GROVE))
    assert (dead.id, dead.leaving, dead.why) == (claimed.id, claimed.leaving, "the channel is gone")
    assert await store.read(lambda work: work.outbox.dead(DistrictKey("oak-hollow"))) == ()


async def test_a_failed_card_leaves_when_its_time_has_come(store: Store) -> None:
    await put(store, a_card("c1"))
    claimed = await claim_one(store)

    await store.write(lambda work: work.outbox.failed(claimed, "the platform is away", 0.0))

    assert (await claim_one(store)).attempts == 2


async def test_a_dead_card_makes_way_and_says_why(store: Store, sql: Sql) -> None:
    await put(store, a_card("c1"), a_card("c2"))
    claimed = await claim_one(store)

    await store.write(lambda work: work.outbox.failed(claimed, "channel_not_found" * 100, None))

    assert (await claim_one(store)).leaving.key == "c2"
    ((error,),) = await sql("SELECT last_error FROM outbox WHERE dead_at IS NOT NULL")
    assert error == ("channel_not_found" * 100)[:LONGEST_ERROR]


async def test_the_next_card_is_due_now_later_or_never(store: Store) -> None:
    assert await store.read(lambda work: work.outbox.waiting()) is None

    await put(store, a_card("c1"))
    assert await store.read(lambda work: work.outbox.waiting()) == 0.0

    claimed = await claim_one(store)
    assert await store.read(lambda work: work.outbox.waiting()) == pytest.approx(LEASE, abs=5.0)

    await store.write(lambda work: work.outbox.sent(claimed, None))
    assert await store.read(lambda work: work.outbox.waiting()) is None


async def test_a_redraw_knows_where_the_card_was_posted(store: Store) -> None:
    card = a_card("c1")
    redraw = replace(card, key="c1:approved", redraw=True)
    await put(store, card, redraw)

    first = await claim_one(store)
    await store.write(lambda work: work.outbox.sent(first, posted(card)))

    assert first.copy is None
    assert (await claim_one(store)).copy == posted(card)


async def test_a_card_posted_anew_is_rewritten_where_it_is_now(store: Store) -> None:
    card = a_card("c1")
    await put(store, card, replace(card, key="c1:approved", redraw=True))
    first = await claim_one(store)
    await store.write(lambda work: work.outbox.sent(first, posted(card)))

    await store.write(lambda work: work.outbox.sent(first, posted(card, "m2")))

    assert (await claim_one(store)).copy == posted(card, "m2")


async def test_the_rewrites_that_a_card_shows_already_are_over_with_it(store: Store, sql: Sql) -> None:
    """Of the same card, due, and in the table when it was drawn: what comes later has something newer to show."""
    card = a_card("c1")
    rewrites = [replace(card, key=f"c1:{why}", redraw=True) for why in ("approved", "taken", "much later", "since")]
    await put(store, card, rewrites[0], a_card("c2"), *rewrites[1:3])
    await sql("UPDATE outbox SET available_at = '2999-01-01 00:00:00.000000' WHERE key = 'c1:much later'")
    first = await claim_one(store)

    behind = await store.read(lambda work: work.outbox.behind([first.id]))
    await put(store, rewrites[3])
    await store.write(lambda work: work.outbox.sent(first, posted(card), behind[first.id]))

    assert [key for (key,) in await sql("SELECT key FROM outbox WHERE done_at IS NULL ORDER BY id")] == ["c2", "c1:much later", "c1:since"]
    assert await store.read(lambda work: work.outbox.behind([])) == {}


async def test_a_rewrite_of_another_card_is_not_over_with_this_one(store: Store) -> None:
    card, other = a_card("c1"), a_card("c2")
    await put(store, card, replace(other, key="c2:approved", redraw=True))

    first = await claim_one(store)

    assert await store.read(lambda work: work.outbox.behind([first.id])) == {}


async def test_a_lanes_next_card_is_claimed_with_what_is_kept_of_the_one_before(store: Store) -> None:
    await put(store, a_card("m1"), a_card("m2"))
    first = await claim_one(store)

    def both(work: Work) -> tuple[Claimed, ...]:
        work.outbox.sent(first, posted(first.leaving))
        return work.outbox.claim(10)

    assert [one.leaving.key for one in await store.write(both)] == ["m2"]


async def test_the_cards_of_a_request_are_listed_without_their_redraws(store: Store) -> None:
    card, other = a_card("c1"), replace(a_card("c2"), request=RequestId("r2"))
    await put(store, card, replace(card, key="c1:approved", redraw=True), other)

    assert await store.read(lambda work: work.outbox.cards(RequestId("r1"))) == (card,)


async def test_what_a_dead_process_had_claimed_is_free_at_once_where_doing_it_twice_is_no_harm(store: AnyStore, url: str) -> None:
    """A rewrite, a timer. What it was posting may be about to appear, and rests; replicas on PostgreSQL may still be at work."""
    alone_here = url.startswith("sqlite")
    await put(store, a_card("c1"), replace(a_card("c2", RAVI), redraw=True), replace(a_card("t1"), lane="t1", to=PersonId("")))
    assert len(await claim(store)) == 3
    await store.close()

    with one_process(url) as alone:
        again = await open_store(url, lambda: NOON, alone)
        found = [one.leaving.key for one in await claim(again)]
        rests = await again.read(lambda work: work.outbox.waiting())
        await again.close()

    assert found == (["c2", "t1"] if alone_here else [])
    assert rests == pytest.approx(DOUBT if alone_here else LEASE, abs=5.0)


async def test_what_rests_does_so_no_longer_for_another_death(store: AnyStore, url: str, sql: Sql) -> None:
    await put(store, a_card("c1"))
    await claim_one(store)
    await sql(LATER)
    await store.close()

    with one_process(url) as alone:
        again = await open_store(url, lambda: NOON, alone)
        found = await claim(again)
        await again.close()

    assert [one.attempts for one in found] == [2]


async def test_what_waits_is_counted(store: Store, sql: Sql) -> None:
    assert await store.read(lambda work: work.outbox.backlog()) == Backlog(0, 0, 0, 0.0)

    await put(store, a_card("a"), a_card("b", RAVI), a_card("c", DANA))
    for one, again in zip(await claim(store, 2), (60.0, None), strict=True):
        await store.write(lambda work, one=one, again=again: work.outbox.failed(one, "x", again))  # type: ignore[misc]
    await sql("UPDATE outbox SET available_at = '2000-01-01 00:00:00.000000' WHERE key = 'c'")
    waits = await store.read(lambda work: work.outbox.backlog())

    assert (waits.due, waits.later, waits.dead) == (1, 1, 1)
    assert waits.oldest > 20 * 365 * 24 * 60 * 60


async def test_what_one_unit_puts_is_one_statement_and_is_there_when_it_is_asked_for(store: Store, asked: list[Executable]) -> None:
    def putting(work: Work) -> tuple[int, int]:
        for number in range(4):
            work.outbox.put(replace(a_card(f"c{number}"), request=RequestId("r1")))
        unasked = len(asked)
        return unasked, len(work.outbox.cards(RequestId("r1")))

    assert await store.write(putting) == (0, 4)
    assert len(asked) == 2

    asked.clear()
    await put(store, a_card("c4"), a_card("c5"))
    assert len(asked) == 1
