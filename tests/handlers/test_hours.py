"""A reminder comes in the working hours of whoever gets it, in their own time zone, on both sides of a change of the clocks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.actions import Approve, Done
from handlers.changing import Renew
from handlers.hours import fire, remind
from handlers.ids import RequestId
from handlers.kept import Leaving
from handlers.people import HALLPASS, Person
from handlers.ports import Work
from handlers.timers import Timer
from handlers.wording.leaving import Leaves
from tests.house import House
from tests.samples import DANA, EVERYBODY, MAPLE_GROVE, MARIA
from tests.scenes import ADDRESS, AWARE, TEAM, both_have_agreed, has_sent, kept, recorded, seat

MINUTE = timedelta(minutes=1)


async def lives_in(house: House, zone: str, who: Person = MARIA) -> None:
    await seat(house, *(replace(one, zone=zone) if one.id == who.id else one for one in EVERYBODY))


def reminded(house: House, who: Person = MARIA) -> int:
    return sum(card.title.startswith("Reminder: ") for card in house.sees(who))


def moment(month: int, day: int, hour: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "sent", "comes"),
    [
        ("", moment(3, 2, 14), moment(3, 4, 14)),  # the district's, Chicago: 8:00
        ("America/New_York", moment(3, 2, 14), moment(3, 4, 14)),
        ("America/Los_Angeles", moment(3, 2, 14), moment(3, 4, 15)),  # 7:00 there
        ("America/Denver", moment(3, 4, 13), moment(3, 6, 14)),  # before the clocks change: 7:00 of UTC-7
        ("America/Denver", moment(3, 6, 13), moment(3, 10, 13)),  # after: 7:00 of UTC-6
        ("America/Phoenix", moment(3, 6, 13), moment(3, 10, 14)),  # where they never change
        ("America/Denver", moment(10, 30, 12), moment(11, 3, 14)),  # back again in autumn
        ("Europe/Berlin", moment(3, 26, 15), moment(3, 31, 5)),  # too late there on Monday; they changed on Sunday
    ],
    ids=["district", "east", "west", "mountain", "mountain-spring", "arizona", "mountain-autumn", "berlin-spring"],
)
async def test_a_reminder_waits_for_the_readers_own_morning(house: House, zone: str, sent: datetime, comes: datetime) -> None:
    await lives_in(house, zone)
    await house.until(sent)
    await has_sent(house)

    await house.until(comes - 40 * MINUTE)
    assert reminded(house) == 0
    await house.until(comes + 20 * MINUTE)

    assert reminded(house) == 1


async def test_what_was_decided_meanwhile_is_not_reminded_of(house: House) -> None:
    await lives_in(house, "America/Los_Angeles")
    await house.until(moment(3, 2, 14))
    request = await has_sent(house)
    await house.until(moment(3, 4, 14) + 5 * MINUTE)
    assert "reminded" in await recorded(house, request)

    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.until(moment(3, 4, 16))

    assert reminded(house) == 0


def a_card(kind: Leaves, about: str, who: Person, request: str) -> Leaving:
    of = f"{kind}|{about}|{who.id}"
    return Leaving(of, of, MAPLE_GROVE, Timer.later, RequestId(request), of, HALLPASS, of)


async def fires(house: House, kind: Leaves, about: str, who: Person, request: str) -> bool:
    """Let the card that waited come; return whether it did."""

    def put(work: Work) -> int:
        return sum(card.kind == kind for card in work.outbox.cards(RequestId(request)))

    before = await house.store.read(put)
    await house.store.write(lambda work: fire(work, house.packs, a_card(kind, about, who, request), house.clock()))
    return await house.store.read(put) > before


async def test_a_duty_that_was_done_meanwhile_is_not_reminded_of(house: House) -> None:
    request = await both_have_agreed(house)
    about = f"{request.duties[1].id}:2026-03-05"
    assert await fires(house, Leaves.duty_due, about, DANA, request.id)
    assert not await fires(house, Leaves.duty_due, f"{about}b", MARIA, request.id)
    assert not await fires(house, Leaves.duty_due, "none:2026-03-05", DANA, request.id)

    await house.sends(DANA, Done(request.duties[1].id), ADDRESS)

    assert not await fires(house, Leaves.duty_due, f"{about}c", DANA, request.id)
    assert not await fires(house, Leaves.duty_due, about, DANA, "gone")


async def test_a_permission_that_was_renewed_meanwhile_is_not_warned_of(house: House) -> None:
    request = await both_have_agreed(house)
    assert await fires(house, Leaves.ending, f"{request.id}:2026-06-01", DANA, request.id)

    await house.sends(DANA, Renew(request.id), TEAM | AWARE)

    assert (await kept(house)).renews == request.id
    assert not await fires(house, Leaves.ending, f"{request.id}:2026-06-02", DANA, request.id)


async def test_whoever_is_in_no_directory_any_more_is_told_in_the_districts_hours(house: House) -> None:
    request = await both_have_agreed(house)
    pack, night = house.packs.get(MAPLE_GROVE), moment(3, 3, 6)

    def puts(work: Work) -> tuple[int, int]:
        before = len(work.outbox.cards(request.id))
        gone = replace(MARIA, id=type(MARIA.id)("gone"))
        remind(work, pack, request, Leaves.reminder, f"{request.stages[0].id}:x", [gone.id], night)
        late = len(work.outbox.cards(request.id)) - before
        remind(work, pack, request, Leaves.reminder, f"{request.stages[0].id}:x", [gone.id], moment(3, 3, 15))
        return late, len(work.outbox.cards(request.id)) - before

    assert await house.store.write(puts) == (0, 1)
