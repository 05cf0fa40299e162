"""The register on both databases: one entry a request, and of two changes at once the first; duties handed over and opened again."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from handlers.ids import ChannelId, DutyId, RequestId
from handlers.people import DistrictKey
from handlers.ports import Store, Work
from handlers.workflow.channel import Channel, ChannelState
from handlers.workflow.parts import Word
from handlers.workflow.request import Duty, DutyStatus
from tests.samples import DANA, LEE, MAPLE_GROVE, MARIA, NOON, RAVI, a_duty, a_request

CHANNEL = Channel(ChannelId("r1.c"), MAPLE_GROVE, RequestId("r1"), DANA.id, "a page", "soccer", "https://x.example", "Dana", NOON)
CHANGED = replace(
    CHANNEL,
    state=ChannelState.unconfirmed,
    why="Nobody answered",
    since=NOON,
    confirmed_at=NOON,
    asked_at=NOON + timedelta(microseconds=7),
    checked_at=NOON,
    checked_by=RAVI.id,
    note="Opens",
)


async def kept(store: Store) -> Channel | None:
    found = await store.read(lambda work: work.requests.get(RequestId("r1")))
    return found.channel if found else None


def begin(work: Work) -> bool:
    work.requests.add(a_request("r1"))
    work.requests.add(a_request("r2"))
    return work.channels.add(CHANNEL)


async def test_an_entry_comes_back_with_its_request(store: Store) -> None:
    assert await store.write(begin)

    assert await kept(store) == CHANNEL
    assert await store.read(lambda work: work.channels.request_of(CHANNEL.id)) == "r1"
    assert await store.read(lambda work: work.channels.request_of(ChannelId("none"))) is None


async def test_a_request_has_one_entry(store: Store) -> None:
    await store.write(begin)

    assert not await store.write(lambda work: work.channels.add(replace(CHANNEL, id=ChannelId("other"), address="elsewhere")))
    assert await kept(store) == CHANNEL


async def test_a_change_is_kept_whole_and_makes_the_next_edition(store: Store) -> None:
    await store.write(begin)

    assert await store.write(lambda work: work.channels.change(CHANGED))

    assert await kept(store) == replace(CHANGED, edition=1)
    assert not await store.write(lambda work: work.channels.change(CHANNEL))


async def test_of_many_changes_at_once_the_first_wins(store: Store) -> None:
    await store.write(begin)

    done = await asyncio.gather(*(store.write(lambda work: work.channels.change(CHANGED)) for _ in range(4)))

    assert sorted(done) == [False, False, False, True]


async def test_the_register_of_a_district_is_in_the_order_of_opening(store: Store) -> None:
    await store.write(begin)
    earlier = replace(CHANNEL, id=ChannelId("r2.c"), request=RequestId("r2"), opened_at=NOON - timedelta(days=1))
    await store.write(lambda work: work.channels.add(earlier))

    found = await store.read(lambda work: work.channels.of_district(MAPLE_GROVE))
    assert found == ("r2", "r1")
    requests = await store.read(lambda work: work.requests.several(found))
    assert [one.channel for one in requests] == [earlier, CHANNEL]
    assert await store.read(lambda work: work.channels.of_district(DistrictKey("oak-hollow"))) == ()
    assert await store.read(lambda work: work.requests.several([])) == ()


OPEN = a_duty("r1.d1", "Copy", DANA, LEE)
DONE = replace(OPEN, status=DutyStatus.done, evidence="https://x.example", done_by=DANA.id, done_at=NOON + timedelta(microseconds=5))
AGAIN = replace(OPEN, reopened=Word(MARIA.id, NOON, "The page does not open"))


async def owed(store: Store) -> Duty:
    found = await store.read(lambda work: work.requests.of_duty(DutyId("r1.d1")))
    assert found is not None
    return found.duties[0]


async def test_handing_over_keeps_by_whom_and_taking_over_forgets_it(store: Store) -> None:
    await store.write(lambda work: work.requests.add(a_request(duties=[OPEN])))
    given = replace(OPEN, taken_by=LEE.id, taken_at=NOON, handed=Word(DANA.id, NOON, "Yours"))

    assert await store.write(lambda work: work.requests.take(given, None))
    assert await owed(store) == given
    assert not await store.write(lambda work: work.requests.take(given, None))

    taken = replace(OPEN, taken_by=DANA.id, taken_at=NOON)
    assert await store.write(lambda work: work.requests.take(taken, LEE.id))
    assert await owed(store) == taken
    assert [one.id for one in await store.read(lambda work: work.requests.owing(MAPLE_GROVE))] == ["r1"]


async def test_what_is_done_is_opened_again_once(store: Store) -> None:
    await store.write(lambda work: work.requests.add(a_request(duties=[OPEN])))
    assert not await store.write(lambda work: work.requests.reopen(AGAIN, DONE))
    assert await store.write(lambda work: work.requests.fulfil(DONE))

    opened = await asyncio.gather(*(store.write(lambda work: work.requests.reopen(AGAIN, DONE)) for _ in range(4)))

    assert sorted(opened) == [False, False, False, True]
    assert await owed(store) == AGAIN
    later = replace(DONE, done_at=NOON + timedelta(days=1), reopened=AGAIN.reopened)
    assert await store.write(lambda work: work.requests.fulfil(later))
    assert not await store.write(lambda work: work.requests.reopen(AGAIN, DONE)), "it was done anew since"
    assert await owed(store) == later
