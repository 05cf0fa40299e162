"""Timers in the outbox: due by the database's clock, done once whoever else tries, and never mistaken for somebody's card."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.loops import Courier
from handlers import firing
from handlers.deliver import TIMERS_PATIENCE, deliver
from handlers.ids import RequestId
from handlers.kept import Backlog, Claimed, Happening
from handlers.people import Platform
from handlers.ports import Store, Work
from handlers.telling import redraw, tell
from handlers.timers import Timer, set_timer
from handlers.timing import take_up
from handlers.wording.leaving import Leaves
from handlers.workflow.request import Status
from storage.packs import DiskPacks
from storage.work import open_store
from tests.fakes import KeepingChat
from tests.samples import DANA, EVERYBODY, MAPLE_GROVE, NOON, a_request
from tests.storage.conftest import AnyStore, Sql

PACKS = DiskPacks(Path(__file__).parents[1] / "packs")
DUE = "UPDATE outbox SET available_at = '2000-01-01 00:00:00.000000' WHERE \"to\" = ''"
LAST = NOON + timedelta(days=3)
AFTER = LAST + timedelta(seconds=1)


def permitted(work: Work) -> None:
    """Dana may text her team for three days, and her card and the timer are put."""
    work.directory.replace(MAPLE_GROVE, EVERYBODY)
    request = replace(a_request(), status=Status.approved, ends=LAST)
    work.requests.add(request)
    tell(work, request, Leaves.follow, request.id, [DANA.id])
    set_timer(work, Timer.end, request.id, MAPLE_GROVE, request.id, AFTER)


def courier(store: Store, now: datetime = AFTER) -> Courier:
    return Courier(store, PACKS, {Platform.web: KeepingChat()}, lambda: now)


async def out(*couriers: Courier) -> None:
    for _ in range(2):  # a row that another transaction still held is passed over once
        while any(await asyncio.gather(*(one.round() for one in couriers))):  # noqa: ASYNC110  # couriers tell nobody of it
            await asyncio.sleep(0.001)


async def record(store: Store) -> tuple[Happening, ...]:
    return await store.read(lambda work: work.record.of(RequestId("r1")))


async def status(store: Store) -> Status | None:
    request = await store.read(lambda work: work.requests.get(RequestId("r1")))
    return request.status if request else None


async def claimed_timer(store: AnyStore, sql: Sql) -> Claimed:
    await store.write(permitted)
    await out(courier(store))
    await sql(DUE)
    (claimed,) = await store.write(lambda work: work.outbox.claim(10))
    return claimed


async def test_a_timer_waits_for_its_moment_and_counts_as_nobodys_card(store: AnyStore) -> None:
    await store.write(permitted)
    backlog = await store.read(lambda work: work.outbox.backlog())

    assert backlog == replace(backlog, due=1, later=1, dead=0)
    await out(courier(store))

    assert await store.read(lambda work: work.outbox.waiting()) is None
    assert await store.read(lambda work: work.outbox.backlog()) == Backlog(due=0, later=1, dead=0, oldest=0.0)
    assert [card.kind for card in await store.read(lambda work: work.outbox.cards(RequestId("r1")))] == ["follow"]
    assert await status(store) is Status.approved


async def test_the_database_measures_how_long_it_waits(store: AnyStore, sql: Sql) -> None:
    """Whatever the clock of this process says: here it stands in March, and the database's does not."""
    await store.write(permitted)

    ((waits, now),) = await sql("SELECT available_at, CURRENT_TIMESTAMP FROM outbox WHERE \"to\" = ''")

    until = [datetime.fromisoformat(str(one)).replace(tzinfo=None) for one in (waits, now)]
    assert until[0] - until[1] == pytest.approx(timedelta(days=3, seconds=1), abs=timedelta(seconds=10))


async def test_what_was_due_long_ago_is_done_at_once_and_no_card_waits_for_it(store: AnyStore, sql: Sql) -> None:
    await store.write(permitted)
    await sql(DUE)
    backlog = await store.read(lambda work: work.outbox.backlog())

    await out(courier(store))

    assert backlog.oldest < 60
    assert await status(store) is Status.ended
    assert [line.what for line in await record(store)] == ["expired"]


async def test_the_same_timer_is_set_once(store: AnyStore, sql: Sql) -> None:
    for _ in range(2):
        await store.write(set_timer, Timer.end, "r1", MAPLE_GROVE, RequestId("r1"), AFTER)

    assert await sql("SELECT count(*) FROM outbox") == [(1,)]


async def test_two_replicas_that_hold_it_do_it_once(store: AnyStore, sql: Sql, url: str) -> None:
    """The lease of the first ran out while it was about to fire: only who claimed last may."""
    slow = await claimed_timer(store, sql)
    await sql("UPDATE outbox SET lease_until = '2000-01-01 00:00:00.000000'")
    other = await open_store(url, lambda: NOON)
    (claimed,) = await other.write(lambda work: work.outbox.claim(10))

    await asyncio.gather(
        *(deliver(one, PACKS, {}, held, None, lambda: AFTER) for one, held in ((store, slow), (other, claimed), (store, claimed)))
    )

    assert [line.what for line in await record(store)] == ["expired"]
    await other.close()


async def test_a_clock_that_is_behind_does_not_make_it_too_early(store: AnyStore, sql: Sql) -> None:
    await store.write(permitted)
    await sql(DUE)

    await out(courier(store, now=NOON - timedelta(hours=1)))

    assert [line.at for line in await record(store)] == [AFTER]


async def test_a_timer_that_no_longer_applies_does_nothing(store: AnyStore, sql: Sql) -> None:
    await store.write(permitted)
    await store.write(lambda work: work.requests.stop(replace(a_request(), status=Status.revoked, ends=NOON)))
    await sql(DUE)

    await out(courier(store))

    assert (await status(store), await record(store)) == (Status.revoked, ())


async def test_a_timer_that_breaks_keeps_nothing_and_is_tried_again_until_it_is_given_up(
    store: AnyStore, sql: Sql, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    claimed = await claimed_timer(store, sql)

    def breaks(work: Work, *_: object) -> None:
        redraw(work, a_request(), "half done")
        raise LookupError(DANA.name)

    monkeypatch.setattr(firing, "FIRES", {Timer.end: breaks})
    await deliver(store, PACKS, {}, claimed, None, lambda: AFTER)
    ((waiting, done),) = await sql("SELECT count(*), count(done_at) FROM outbox WHERE \"to\" = ''")

    assert (waiting, done) == (1, 0)
    assert await sql("SELECT count(*) FROM outbox WHERE key LIKE '%half done'") == [(0,)]
    assert "timer not fired: outbox=" in caplog.text
    assert DANA.name not in caplog.text

    for _ in range(TIMERS_PATIENCE - 1):
        await sql(DUE)
        await out(courier(store))

    assert (await store.read(lambda work: work.outbox.backlog())).dead == 1
    assert await store.read(lambda work: work.outbox.dead(MAPLE_GROVE)) == ()

    monkeypatch.undo()
    await store.write(take_up, PACKS, AFTER)  # the next start, with the mended version
    await out(courier(store))
    assert await status(store) is Status.ended
