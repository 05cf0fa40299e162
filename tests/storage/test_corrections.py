"""Corrections and departures on both databases: kept whole, and never under a decision's feet."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from handlers.ids import RequestId
from handlers.ports import Store, Work
from handlers.workflow import moves
from handlers.workflow.correcting import Corrected, correct
from handlers.workflow.moves import Move, Settled
from handlers.workflow.request import Request, Status
from handlers.workflow.said import Change, Departure, Left
from handlers.workflow.students import TakenOut, take_out
from tests.samples import DANA, MARIA, NOON, a_request

CHANGE = Change("reason", "Reason", "Bus times", "Rides")


def corrected(request: Request, reason: str = "Rides", minutes: int = 1) -> Request:
    done = correct(request, {**request.fields, "reason": reason}, (replace(CHANGE, after=reason),), NOON + timedelta(minutes=minutes))
    assert isinstance(done, Corrected)
    return done.request


def keep(work: Work, request: Request) -> bool:
    return work.amendments.correct(request)


def approve(work: Work, request: Request) -> bool:
    settled = moves.settle(request, request.stages[0].id, Move.approve, MARIA.id, "", NOON)
    assert isinstance(settled, Settled)
    return work.requests.settle(settled.request, settled.request.stages[0])


async def sent(store: Store) -> Request:
    await store.write(lambda work: work.requests.add(a_request()))
    return a_request()


async def kept(store: Store) -> Request:
    found = await store.read(lambda work: work.requests.get(RequestId("r1")))
    assert found is not None
    return found


async def test_corrections_come_back_as_they_were_kept(store: Store) -> None:
    once = corrected(await sent(store))
    twice = corrected(once, "Weather", 2)

    assert await store.write(keep, once)
    assert await store.write(keep, twice)

    assert await kept(store) == twice


async def test_of_two_corrections_the_first_counts(store: Store) -> None:
    request = await sent(store)
    both = [corrected(request, "Rides"), corrected(request, "Weather")]

    won = await asyncio.gather(*(store.write(keep, one) for one in both))

    assert sorted(won) == [False, True]
    assert await kept(store) == both[won.index(True)]


async def test_a_decision_and_a_correction_at_once_are_one_or_the_other(store: Store) -> None:
    request = await sent(store)

    decided, changed = await asyncio.gather(store.write(approve, request), store.write(keep, corrected(request)))

    assert decided != changed
    now = await kept(store)
    assert (now.stages[0].decided_by is not None) == decided
    assert now.fields["reason"] == ("Rides" if changed else request.fields["reason"])


async def test_what_was_read_before_a_correction_decides_nothing(store: Store) -> None:
    request = await sent(store)
    await store.write(keep, corrected(request))

    assert not await store.write(approve, request)
    assert await store.write(approve, await kept(store))
    assert not await store.write(keep, corrected(corrected(request)))
    assert not await store.write(keep, replace(corrected(request), id=RequestId("none")))
    assert (await kept(store)).status is Status.pending


# A student leaves


def without(request: Request, name: str, others: int = 1) -> TakenOut:
    return take_out(
        request, {**request.fields, "students": "Ada Finch" if others else ""}, Departure(NOON, DANA.id, name, Left.school), others
    )


def keep_without(work: Work, request: Request) -> bool:
    return work.amendments.take_out(request)


async def granted(store: Store) -> Request:
    one = replace(a_request(), status=Status.approved, ends=NOON + timedelta(days=9))
    await store.write(lambda work: work.requests.add(one))
    return one


async def test_departures_come_back_as_they_were_kept_and_the_last_one_ends_it(store: Store) -> None:
    once = without(await granted(store), "Bo Reyes").request
    last = without(once, "Ada Finch", 0).request

    assert await store.write(keep_without, once)
    assert await kept(store) == once
    assert await store.write(keep_without, last)

    assert (await kept(store)) == last
    assert (last.status, last.stopped_by, last.ends) == (Status.ended, DANA.id, NOON)
    assert not await store.write(keep_without, replace(last, departures=(*last.departures, *once.departures)))


async def test_of_two_who_take_somebody_out_at_once_one_is_first(store: Store) -> None:
    request = await granted(store)
    both = [without(request, name).request for name in ("Bo Reyes", "Ada Finch")]

    won = await asyncio.gather(*(store.write(keep_without, one) for one in both))

    assert sorted(won) == [False, True]
    assert await kept(store) == both[won.index(True)]
    assert not await store.write(keep_without, replace(both[0], id=RequestId("none")))
