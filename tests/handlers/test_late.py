"""How much is overdue, school by school: whoever is superintendent sees the numbers, nobody else does, and they name nobody."""

from dataclasses import replace
from datetime import timedelta

from handlers.actions import Done, View
from handlers.changing import Revoke
from handlers.late import overdue
from handlers.people import Role, Seat
from handlers.ports import Work
from handlers.wording.plain import plain
from handlers.workflow.late import Overdue, Owed
from tests.house import House
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, RAVI, SCHOOL
from tests.scenes import ADDRESS, both_have_agreed, has_sent, kept, seat

AFTER = NOON + timedelta(days=12)


async def counted(house: House, days: int = 12) -> tuple[Overdue, ...]:
    def read(work: Work) -> tuple[Overdue, ...]:
        return overdue(work, house.packs.get(MAPLE_GROVE), NOON + timedelta(days=days))

    return await house.store.read(read)


async def due_on(house: House, days: int) -> None:
    """Every open duty is due so many days from now."""

    def sets(work: Work) -> None:
        connection = work.outbox._connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE duties SET due = ?", (f"{NOON + timedelta(days=days):%Y-%m-%d %H:%M:%S.%f}",))

    await house.store.write(sets)


async def reminded_on(house: House, days: int) -> None:
    def sets(work: Work) -> None:
        connection = work.outbox._connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE stages SET remind_at = ?", (f"{NOON + timedelta(days=days):%Y-%m-%d %H:%M:%S.%f}",))

    await house.store.write(sets)


async def test_a_decision_is_overdue_from_its_reminder_and_a_duty_from_its_day(house: House) -> None:
    await both_have_agreed(house)
    await due_on(house, 10)
    await has_sent(house)
    await reminded_on(house, 11)

    assert await counted(house, 9) == ()
    assert await counted(house) == (
        Overdue(SCHOOL, "permission", Owed.decision, 1, 1),
        Overdue(SCHOOL, "permission", Owed.duty, 2, 3),
    )


async def test_what_is_done_or_no_longer_asked_is_not_overdue(house: House) -> None:
    request = await both_have_agreed(house)
    await due_on(house, 10)
    await house.presses(DANA, Done(request.duties[0].id))
    await house.sends(DANA, Done(request.duties[1].id), ADDRESS)
    assert [one.number for one in await counted(house)] == [1]

    await house.sends(MARIA, Revoke(request.id), {"reason": "The number was passed on"})

    assert await counted(house) == ()


async def test_two_schools_are_counted_apart_and_who_has_left_is_at_none(house: House) -> None:
    west = replace(LEE, seats=(Seat(Role.staff, "Elm Street School", MARIA.id),))
    await seat(house, *(west if one.id == LEE.id else one for one in EVERYBODY))
    for who in (DANA, west):
        await has_sent(house, who)
    await reminded_on(house, 5)
    assert [(one.school, one.days) for one in await counted(house)] == [("Elm Street School", 7), (SCHOOL, 7)]

    await seat(house, *(one for one in EVERYBODY if one.id not in {DANA.id, LEE.id}))

    assert [(one.school, one.number) for one in await counted(house)] == [("", 2)]


async def test_the_superintendent_reads_numbers_and_nobody_else_does(house: House) -> None:
    await both_have_agreed(house)
    await due_on(house, 10)
    house.waits_until(AFTER)

    for cards in (await house.looks(HELEN, View.inbox), (await house.desk.home(HELEN))[0].cards):
        first = plain(cards[0])
        assert cards[0].title == "Overdue in the district: 3"
        assert f"{SCHOOL}: 3 duties of a permission, 2 days over" in first
        assert not any(name in first for name in ("Dana", "Maria", "Ada", "Bo"))
    for who in (DANA, MARIA, RAVI):
        cards = (*(await house.looks(who, View.inbox)), *(one for part in await house.desk.home(who) for one in part.cards))
        assert not any(card.title.startswith("Overdue") for card in cards)


async def test_where_nothing_is_overdue_there_is_no_card(house: House) -> None:
    await has_sent(house)
    assert not any(card.title.startswith("Overdue") for card in await house.looks(HELEN, View.inbox))


async def test_a_report_about_the_superintendent_is_not_counted_to_her(house: House) -> None:
    request = await both_have_agreed(house)
    await due_on(house, 10)

    def about_her(work: Work) -> tuple[Overdue, ...]:
        connection = work.outbox._connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE requests SET subject = ?", (HELEN.id,))
        return overdue(work, house.packs.get(MAPLE_GROVE), AFTER, HELEN.id)

    assert await house.store.write(about_her) == ()
    assert (await kept(house)).id == request.id
    assert len(await counted(house)) == 1
