"""Authority is read at the press: who holds the part today decides, whoever held it when the request was sent."""

from dataclasses import replace

from handlers.actions import Approve, View
from handlers.people import Role, Seat
from handlers.wording.plain import plain
from tests.house import House, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, RAVI, SCHOOL, a_person
from tests.scenes import has_sent, kept, lines, one_has_agreed, recorded, seat

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))
FORMER = replace(MARIA, seats=(Seat(Role.staff, SCHOOL),))  # Maria, after she was principal
SINCE = (DANA, LEE, FORMER, ADA, RAVI, HELEN)
NEW = a_person("ines", "Ines Duarte", Seat(Role.technology_department))


async def test_who_was_principal_when_it_was_sent_and_is_no_longer_decides_nothing(house: House) -> None:
    request = await has_sent(house)
    await seat(house, *SINCE)

    card = whispered(await house.presses(FORMER, Approve(request.stages[0].id)))

    assert card.title == "This is not yours."
    assert "Only Ada Lindqvist can do this. Nothing was changed." in plain(card)
    assert (await kept(house)).stages[0].status == "open"
    assert await recorded(house, request) == ["sent", "refused"]


async def test_her_successor_finds_the_request_and_decides_it(house: House) -> None:
    request = await has_sent(house)
    await seat(house, *SINCE)
    assert await house.looks(FORMER, View.inbox) == ()
    (card,) = await house.looks(ADA, View.inbox)

    assert whispered(await house.presses(ADA, card.buttons[0].action)).title == "Approved."
    again = whispered(await house.presses(ADA, Approve(request.stages[0].id)))

    assert again.title == "This one was already answered."
    assert (await kept(house)).stages[0].decided_by == ADA.id
    assert "Ada Lindqvist approved it as building principal" in plain((await house.looks(HELEN, View.records))[0])


async def test_the_card_names_who_decides_today(house: House) -> None:
    request = await has_sent(house)
    await seat(house, *SINCE)

    (card,) = await house.looks(DANA, View.mine)

    assert "Waiting for: Ada Lindqvist (building principal)" in plain(card)
    assert "Ada Lindqvist decides first" in plain(whispered(await house.presses(RAVI, Approve(request.stages[1].id))))


async def test_the_next_stage_is_asked_of_who_holds_it_now(house: House) -> None:
    request = await has_sent(house)
    await seat(house, *(person for person in EVERYBODY if person is not RAVI), NEW)

    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()

    assert (len(house.sees(NEW)), house.sees(RAVI)) == (1, [])


async def test_where_nobody_is_left_the_superintendent_stands_in_and_the_cards_say_so(house: House) -> None:
    request = await has_sent(house)
    await seat(house, DANA, LEE, RAVI, HELEN)

    assert whispered(await house.presses(HELEN, Approve(request.stages[0].id))).title == "Approved."
    await house.post_is_out()

    place = "in place of the building principal (district setting)"
    assert f"Approved by: Helen Brandt, {place}" in plain(house.sees(RAVI)[0])
    assert f"Helen Brandt approved it {place}" in plain((await house.looks(HELEN, View.records))[0])
    assert (await lines(house, request))[-1].detail == place
    assert (await kept(house)).stages[0].stands_in is Role.superintendent


async def test_who_was_asked_to_stand_in_may_still_decide_beside_a_new_principal(house: House) -> None:
    await seat(house, DANA, LEE, RAVI, HELEN)
    request = await has_sent(house)
    await seat(house, DANA, LEE, ADA, RAVI, HELEN)
    assert [len(await house.looks(who, View.inbox)) for who in (ADA, HELEN)] == [1, 1]

    await house.presses(HELEN, Approve(request.stages[0].id))

    assert (await kept(house)).stages[0].stands_in is Role.superintendent


async def test_the_new_principal_decides_in_her_own_right(house: House) -> None:
    await seat(house, DANA, LEE, RAVI, HELEN)
    request = await has_sent(house)
    await seat(house, DANA, LEE, ADA, RAVI, HELEN)

    await house.presses(ADA, Approve(request.stages[0].id))

    assert (await kept(house)).stages[0].stands_in is None


async def test_who_stood_in_and_lost_that_part_decides_nothing(house: House) -> None:
    await seat(house, DANA, LEE, RAVI, HELEN)
    request = await has_sent(house)
    await seat(house, DANA, LEE, ADA, RAVI, replace(HELEN, seats=(Seat(Role.records_officer),)))

    assert whispered(await house.presses(HELEN, Approve(request.stages[0].id))).title == "This is not yours."


async def test_a_successor_of_the_second_stage_who_decided_the_first_does_not_decide_again(house: House) -> None:
    request = await one_has_agreed(house)
    both = replace(MARIA, seats=(*MARIA.seats, Seat(Role.technology_department)))
    await seat(house, DANA, LEE, both, RAVI, HELEN)

    assert whispered(await house.presses(both, Approve(request.stages[1].id))).title == "Two different people have to agree."
