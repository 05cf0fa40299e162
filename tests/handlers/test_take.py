"""One of several says that she works on a duty: the first wins, another may take it over, and any of them may still do it."""

import asyncio
from dataclasses import replace

import pytest

from handlers.actions import Action, Done, Take, TakeOver
from handlers.ids import DutyId
from handlers.people import Person, PersonId, Role, Seat
from handlers.wording.plain import plain
from handlers.workflow.request import Request
from storage.requests import SqlRequests
from tests.house import House, button, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, NOON, RAVI, SCHOOL, a_person
from tests.scenes import both_have_agreed, kept, lines, recorded, seat

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))  # a second principal: the parents' duty is hers, too


async def owed(house: House) -> tuple[Request, DutyId]:
    """The parents are to be informed, by Maria or Ada; the cards are out."""
    await seat(house, *EVERYBODY, ADA)
    request = await both_have_agreed(house)
    return request, request.duties[2].id


async def test_a_duty_of_several_can_be_taken_and_one_of_a_single_person_cannot(house: House) -> None:
    await owed(house)

    assert isinstance(button(house.sees(MARIA)[-1], "Take"), Take)
    assert not [one for card in house.sees(DANA) for one in card.buttons if one.label == "Take"]


async def test_who_takes_it_is_on_every_card_and_in_the_record(house: House) -> None:
    request, duty = await owed(house)

    assert whispered(await house.presses(ADA, Take(duty))).title == "It is yours."
    await house.post_is_out()

    assert "Taken by: Ada Lindqvist" in plain(house.sees(MARIA)[-1])
    assert [one.label for one in house.sees(MARIA)[-1].buttons] == [
        "Parents informed",
        "Draft the letter to parents",
        "Take over",
        "Hand over",
    ]
    last = (await lines(house, request))[-1]
    assert (last.who, last.what, last.detail) == (ADA.id, "taken", "took “Inform the parents”")


async def test_of_two_at_once_the_first_has_it_and_the_second_reads_whose_it_is(house: House) -> None:
    request, duty = await owed(house)

    replies = await asyncio.gather(house.presses(MARIA, Take(duty)), house.presses(ADA, Take(duty)))

    titles = [whispered(one).title for one in replies]
    assert sorted(titles) == ["It is yours.", "Somebody else works on this."]
    first = (await kept(house)).duties[2].taken_by
    assert first == (MARIA.id, ADA.id)[titles.index("It is yours.")]
    assert (await recorded(house, request)).count("taken") == 1


async def test_taking_it_twice_changes_nothing(house: House) -> None:
    request, duty = await owed(house)

    titles = [whispered(await house.presses(ADA, action)).title for action in (Take(duty), Take(duty), TakeOver(duty))]

    assert titles == ["It is yours."] * 3
    assert (await recorded(house, request)).count("taken") == 1


async def test_a_press_that_comes_again_later_takes_nothing_back(house: House) -> None:
    request, duty = await owed(house)
    presses: list[tuple[Person, Action, str]] = [
        (ADA, Take(duty), "first"),
        (MARIA, TakeOver(duty), "second"),
        (ADA, TakeOver(duty), "third"),
    ]

    for who, action, delivery in (*presses, *presses):
        assert whispered(await house.presses(who, action, delivery)).title == "It is yours."

    assert (await kept(house)).duties[2].taken_by == ADA.id
    assert (await recorded(house, request))[-3:] == ["taken", "taken_over", "taken_over"]


async def test_another_takes_it_over_after_being_asked_back(house: House) -> None:
    request, duty = await owed(house)
    await house.presses(ADA, Take(duty))
    await house.post_is_out()

    over = next(one for one in house.sees(MARIA)[-1].buttons if one.label == "Take over")
    assert (over.action, over.confirm) == (TakeOver(duty), "Ada Lindqvist works on this. Take it over?")
    assert whispered(await house.presses(MARIA, over.action)).title == "It is yours."
    await house.post_is_out()

    assert "Taken by: Maria Ortiz" in plain(house.sees(ADA)[-1])
    assert (await lines(house, request))[-1].detail == "took over “Inform the parents” from Ada Lindqvist"


async def test_any_owner_may_still_do_it(house: House) -> None:
    _, duty = await owed(house)
    await house.presses(ADA, Take(duty))

    assert whispered(await house.sends(MARIA, Done(duty), {"evidence": "2026-03-02"})).title == "Recorded as done."

    assert whispered(await house.presses(ADA, Take(duty))).title == "This is already done."


async def test_a_stranger_takes_nothing_nor_is_there_anything_to_take(house: House) -> None:
    _, duty = await owed(house)
    foreign = replace(MARIA, district=type(MARIA.district)("oak-hollow"))

    assert whispered(await house.presses(LEE, Take(duty))).title == "This is not yours."
    assert whispered(await house.presses(MARIA, Take(DutyId("none")))).title == "I cannot find that for you."
    assert whispered(await house.sends(MARIA, Take(duty), {})).title == "I cannot find that for you."
    assert type((await house.desk._moving._do(foreign, _takes, duty, foreign))[0]).__name__ == "Unknown"


def _takes(work, duty, actor):
    from handlers.take import take  # noqa: PLC0415  # only here behind the door: another district has no pack in this house

    return take(work, duty, actor, over=False, delivery="d", now=NOON)


@pytest.mark.parametrize("gone", [False, True])
async def test_who_is_beaten_to_it_reads_by_whom(house: House, monkeypatch: pytest.MonkeyPatch, gone: bool) -> None:  # noqa: FBT001
    _, duty = await owed(house)

    def beaten(self: SqlRequests, *args: object) -> bool:
        self._connection.exec_driver_sql("UPDATE duties SET taken_by = 'maria' WHERE id = ?", (duty,))
        if gone:
            monkeypatch.setattr(SqlRequests, "of_duty", lambda *_: None)
        return False

    monkeypatch.setattr(SqlRequests, "take", beaten)
    card = whispered(await house.presses(ADA, Take(duty)))

    assert card.title == ("I cannot find that for you." if gone else "Somebody else works on this.")


async def test_what_somebody_took_who_has_left_is_taken_over(house: House) -> None:
    request, duty = await owed(house)
    await house.presses(ADA, Take(duty))
    await seat(house, DANA, LEE, MARIA, NGOZI, RAVI, HELEN)

    await house.presses(MARIA, TakeOver(duty))

    assert (await lines(house, request))[-1].detail == "took over “Inform the parents” from Ada Lindqvist"
    assert (await kept(house)).duties[2].taken_by == PersonId("maria")
