"""Whoever has a duty gives it to a colleague who also owns it or holds its role; the cards, the record and the colleague hear of it."""

import asyncio
from dataclasses import replace

import pytest

from handlers.actions import Done, HandOver, Take, View
from handlers.hand_over import press
from handlers.ids import DutyId
from handlers.people import Role, Seat
from handlers.wording.plain import plain
from handlers.workflow.refused import Unknown
from handlers.workflow.request import Request
from storage.requests import SqlRequests
from tests.house import House, faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, LEE, MARIA, SCHOOL, a_person
from tests.scenes import both_have_agreed, kept, lines, recorded, seat

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))
CARL = a_person("carl", "Carl Ito", Seat(Role.building_principal, SCHOOL))  # became principal after the approval


async def owed(house: House) -> tuple[Request, DutyId]:
    """The parents are to be informed, by Maria or Ada; Carl could, too, since he came; the cards are out."""
    await seat(house, *EVERYBODY, ADA)
    request = await both_have_agreed(house)
    await seat(house, *EVERYBODY, ADA, CARL)
    return request, request.duties[2].id


async def test_an_owner_gives_it_to_another_with_a_word(house: House) -> None:
    request, duty = await owed(house)
    await house.presses(MARIA, Take(duty))

    form = opened(await house.presses(MARIA, HandOver(duty)))
    assert dict(form.fields[0].choices) == {"ada": "Ada Lindqvist", "carl": "Carl Ito"}
    receipt = whispered(await house.sends(MARIA, HandOver(duty), {"person": "ada", "reason": "You know them"}))
    await house.post_is_out()

    assert receipt.title == "Handed over."
    assert "Taken by: Ada Lindqvist" in plain(house.sees(MARIA)[-1])
    assert "Handed over by: Maria Ortiz\nWord: You know them" in plain(house.sees(ADA)[-1])
    last = (await lines(house, request))[-1]
    assert (last.who, last.what) == (MARIA.id, "handed_over")
    assert last.detail == "handed “Inform the parents” over to Ada Lindqvist (You know them)"


async def test_whoever_holds_the_role_today_becomes_an_owner_and_has_the_card(house: House) -> None:
    request, duty = await owed(house)

    await house.sends(ADA, HandOver(duty), {"person": "carl"})
    await house.post_is_out()

    now = (await kept(house)).duties[2]
    assert (now.owners, now.taken_by) == ((ADA.id, MARIA.id, CARL.id), CARL.id)
    assert "To do: Inform the parents" in [card.title for card in house.sees(CARL)]
    assert whispered(await house.sends(CARL, Done(duty), {"evidence": "2026-03-02"})).title == "Recorded as done."
    assert (await recorded(house, request))[-2:] == ["handed_over", "done"]


async def test_each_time_it_comes_back_it_is_told_anew(house: House) -> None:
    _, duty = await owed(house)

    for giver, to in ((MARIA, ADA), (ADA, MARIA), (MARIA, ADA)):
        await house.sends(giver, HandOver(duty), {"person": to.id})
        await house.post_is_out()

    assert len([card for card in house.sees(ADA) if card.title == "To do: Inform the parents"]) == 3


async def test_nobody_gives_away_what_another_has_or_what_is_done_or_not_theirs(house: House) -> None:
    _, duty = await owed(house)
    assert whispered(await house.presses(LEE, HandOver(duty))).title == "This is not yours."
    assert whispered(await house.presses(MARIA, HandOver(DutyId("none")))).title == "I cannot find that for you."
    abroad = replace(MARIA, district=type(MARIA.district)("oak-hollow"))
    assert isinstance(await house.store.write(lambda work: press(work, duty, abroad)), Unknown)

    await house.presses(ADA, Take(duty))
    card = whispered(await house.sends(MARIA, HandOver(duty), {"person": "carl"}))
    assert card.title == "Somebody else works on this."

    await house.sends(ADA, Done(duty), {"evidence": "2026-03-02"})
    assert whispered(await house.presses(ADA, HandOver(duty))).title == "This is already done."


async def test_where_nobody_else_could_do_it_there_is_nothing_to_press(house: House) -> None:
    request, _ = await owed(house)
    own = request.duties[0].id

    assert "Hand over" not in [one.label for card in house.sees(DANA) for one in card.buttons]
    assert whispered(await house.presses(DANA, HandOver(own))).title == "There is nobody to hand this to."


async def test_somebody_who_may_not_do_it_cannot_be_chosen(house: House) -> None:
    _, duty = await owed(house)

    assert faulty(await house.sends(MARIA, HandOver(duty), {"person": "lee"})).keys() == {"person"}
    assert faulty(await house.sends(MARIA, HandOver(duty), {})).keys() == {"person"}


async def test_the_same_form_twice_is_one_hand_over(house: House) -> None:
    request, duty = await owed(house)

    replies = [await house.sends(MARIA, HandOver(duty), {"person": "ada"}, "same") for _ in range(2)]

    assert [whispered(one).title for one in replies] == ["Handed over."] * 2
    assert (await recorded(house, request)).count("handed_over") == 1


async def test_of_two_at_once_one_gives_it_away(house: House) -> None:
    request, duty = await owed(house)

    replies = await asyncio.gather(*(house.sends(one, HandOver(duty), {"person": "carl"}) for one in (MARIA, ADA)))

    assert sorted(whispered(one).title for one in replies) == ["Handed over.", "Somebody else works on this."]
    assert (await recorded(house, request)).count("handed_over") == 1


@pytest.mark.parametrize("gone", [False, True])
async def test_who_is_beaten_to_it_reads_by_whom(house: House, monkeypatch: pytest.MonkeyPatch, gone: bool) -> None:  # noqa: FBT001
    _, duty = await owed(house)

    def beaten(self: SqlRequests, *args: object) -> bool:
        if not gone:
            self._connection.exec_driver_sql("UPDATE duties SET taken_by = 'ada' WHERE id = ?", (duty,))
        return False

    monkeypatch.setattr(SqlRequests, "take", beaten)
    card = whispered(await house.sends(MARIA, HandOver(duty), {"person": "ada"}))

    assert card.title == ("I cannot find that for you." if gone else "Somebody else works on this.")


async def test_taking_it_over_again_says_no_more_who_gave_it(house: House) -> None:
    _, duty = await owed(house)
    await house.sends(MARIA, HandOver(duty), {"person": "ada"})

    over = next(one.action for card in await house.looks(MARIA, View.inbox) for one in card.buttons if one.label == "Take over")
    await house.presses(MARIA, over)

    assert (await kept(house)).duties[2].handed is None


async def test_whoever_leaves_a_form_unsent_sees_the_card_again(house: House) -> None:
    _, duty = await owed(house)

    card = whispered(await house.desk.again(HandOver(duty), MARIA))
    assert card.title == "To do: Inform the parents"
