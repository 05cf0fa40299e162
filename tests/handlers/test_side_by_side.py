"""Two schools, both principals: stages side by side, through the door."""

from dataclasses import replace

import pytest

from handlers.actions import Approve
from handlers.cards import Card
from handlers.people import Person, Role, Seat
from handlers.policy.pack import Pack
from handlers.wording.plain import plain
from handlers.workflow.request import Request
from tests.house import House, button, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, RAVI, SCHOOL, a_person
from tests.scenes import TEAM, asks, both_have_agreed, denies, has_sent, kept, recorded, seat

WEST = "Maple Grove West"
PIET = a_person("piet", "Piet Vos", Seat(Role.building_principal, WEST))
BOTH = replace(DANA, seats=(*DANA.seats, Seat(Role.staff, WEST, PIET.id)))


async def at_two_schools(house: House, *more: Person) -> None:
    """Dana works at two schools, each with a principal of its own."""
    await seat(house, *(BOTH if one is DANA else one for one in EVERYBODY), PIET, *more)


async def has_asked_both(house: House) -> Request:
    await at_two_schools(house)
    return await has_sent(house, BOTH)


def choose_the_students_school(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the students' school says whose principal decides."""
    pack: Pack = house.packs.get(DANA.district)
    other = pack.model_copy(update={"settings": pack.settings.model_copy(update={"school_of": "students"})})
    monkeypatch.setattr(type(house.packs), "get", lambda *_: other)


async def test_the_form_names_both_principals(house: House) -> None:
    await at_two_schools(house)
    form = opened(await house.presses(BOTH, await asks(house, who=BOTH)))
    shown = plain(Card("", form.blocks))
    assert f"Decides first: Maria Ortiz (building principal of {SCHOOL})" in shown
    assert f"At the same time: Piet Vos (building principal of {WEST})" in shown
    assert "Decides next: Ravi Menon (technology department)" in shown


async def test_both_are_asked_at_once_and_the_next_only_when_both_have_agreed(house: House) -> None:
    request = await has_asked_both(house)
    assert [stage.status for stage in request.stages] == ["open", "open", "waiting"]
    assert [house.sees(who) != [] for who in (MARIA, PIET, RAVI)] == [True, True, False]
    assert f"Waiting for: Piet Vos (building principal of {WEST})" in plain(house.sees(BOTH)[0])

    receipt = whispered(await house.presses(PIET, button(house.sees(PIET)[0], "Approve")))
    await house.post_is_out()
    assert "Maria Ortiz decides next" in plain(receipt)
    assert house.sees(RAVI) == []
    told = next(card for card in house.sees(BOTH) if "not final yet" in card.title)
    assert f"Maria Ortiz (building principal of {SCHOOL}) decides as well" in plain(told)

    await house.presses(MARIA, button(house.sees(MARIA)[0], "Approve"))
    await house.post_is_out()
    assert (await kept(house)).status == "pending"
    await house.presses(RAVI, button(house.sees(RAVI)[0], "Approve"))
    await house.post_is_out()
    assert (await kept(house)).status == "approved"
    assert await recorded(house, request) == ["sent", "approved", "approved", "approved"]


async def test_one_no_is_a_no_for_all(house: House) -> None:
    request = await has_asked_both(house)

    await denies(house, request, PIET, stage=1)

    now = await kept(house)
    assert (now.status, [stage.status for stage in now.stages]) == ("denied", ["closed", "denied", "closed"])
    assert "denied" in plain(whispered(await house.presses(MARIA, Approve(request.stages[0].id)))).lower()
    assert not house.sees(MARIA)[0].buttons


async def test_each_principal_decides_for_their_own_school_only(house: House) -> None:
    request = await has_asked_both(house)
    assert "This is not yours" in whispered(await house.presses(PIET, Approve(request.stages[0].id))).title
    assert (await kept(house)).stages == request.stages


async def test_the_same_principal_at_both_schools_is_asked_once(house: House) -> None:
    maria = replace(MARIA, seats=(*MARIA.seats, Seat(Role.building_principal, WEST)))
    await seat(house, *(BOTH if one is DANA else maria if one is MARIA else one for one in EVERYBODY))
    request = await has_sent(house, BOTH)
    assert [(stage.people, stage.turn) for stage in request.stages] == [((MARIA.id,), None), ((RAVI.id,), None)]


async def test_a_school_without_a_principal_goes_up_and_the_card_says_so(house: House) -> None:
    await seat(house, *(BOTH if one is DANA else one for one in EVERYBODY))
    request = await has_sent(house, BOTH)
    assert [(stage.people, stage.stands_in) for stage in request.stages[:2]] == [((MARIA.id,), None), ((HELEN.id,), "superintendent")]
    assert f"Helen Brandt, in place of the building principal of {WEST} (district setting)" in plain(house.sees(BOTH)[0])


async def test_a_press_that_comes_twice_is_answered_alike_side_by_side(house: House) -> None:
    request = await has_asked_both(house)
    first = await house.presses(PIET, Approve(request.stages[1].id), delivery="once")
    await house.presses(MARIA, Approve(request.stages[0].id))
    again = await house.presses(PIET, Approve(request.stages[1].id), delivery="once")
    assert first == again


async def test_the_students_school_says_who_decides(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await seat(house, *EVERYBODY, PIET)
    choose_the_students_school(house, monkeypatch)
    action = await asks(house)
    form = opened(await house.presses(DANA, action))
    assert [(field.name, field.options) for field in form.fields[-2:]] == [("school", (SCHOOL, WEST)), ("other_school", (SCHOOL, WEST))]
    assert "Maria Ortiz or Piet Vos" in plain(Card("", form.blocks))

    assert whispered(await house.sends(DANA, action, TEAM | {"school": WEST})).title == "Sent."
    await house.post_is_out()
    request = await kept(house)
    assert [stage.people for stage in request.stages] == [(PIET.id,), (RAVI.id,)]
    assert f"School of the students: {WEST}" in plain(house.sees(PIET)[0])

    await house.presses(PIET, button(house.sees(PIET)[0], "Approve"))
    await house.presses(RAVI, Approve(request.stages[1].id))
    owner = next(duty.owners for duty in (await kept(house)).duties if duty.key == "parents")
    assert PIET.id in owner


async def test_students_of_two_schools_ask_both_principals(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await seat(house, *EVERYBODY, PIET)
    choose_the_students_school(house, monkeypatch)
    await house.sends(DANA, await asks(house), TEAM | {"school": WEST, "other_school": SCHOOL})
    assert [(one.people, one.school, one.status) for one in (await kept(house)).stages[:2]] == [
        ((PIET.id,), WEST, "open"),
        ((MARIA.id,), SCHOOL, "open"),
    ]


async def test_with_one_school_nothing_is_asked_about_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_the_students_school(house, monkeypatch)
    request = await both_have_agreed(house)
    assert request.status == "approved"
    assert "school" not in request.fields
    assert LEE.id not in request.stages[0].people
