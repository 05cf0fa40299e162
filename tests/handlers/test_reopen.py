"""What was said to be done is not done after all: opened again with a reason, told anew, done again; the record keeps both."""

import asyncio
from dataclasses import replace

import pytest

from handlers.actions import Done, Reopen
from handlers.ids import DutyId
from handlers.people import Person
from handlers.wording.plain import plain
from handlers.workflow.request import DutyStatus, Request
from storage.requests import SqlRequests
from tests.house import House, button, faulty, opened, whispered
from tests.samples import DANA, HELEN, LEE, MARIA, NGOZI, RAVI
from tests.scenes import both_have_agreed, hands_in, kept, lines, recorded

WHY = {"reason": "The page does not open"}


async def handed_in(house: House) -> tuple[Request, DutyId]:
    """Dana has handed in her page; Maria and Ravi were told."""
    request = await both_have_agreed(house)
    await hands_in(house, request)
    return await kept(house), request.duties[1].id


@pytest.mark.parametrize("who", [DANA, MARIA, RAVI], ids=["its owner", "the principal", "the technology director"])
async def test_whoever_was_told_says_that_it_is_not_done(house: House, who: Person) -> None:
    request, duty = await handed_in(house)

    form = opened(await house.presses(who, Reopen(duty)))
    assert [field.name for field in form.fields] == ["reason"]
    assert whispered(await house.sends(who, Reopen(duty), WHY)).title == "Opened again."

    now = (await kept(house)).duties[1]
    assert (now.status, now.evidence, now.done_by, now.done_at) == (DutyStatus.open, "", None, None)
    assert now.reopened is not None
    assert (now.reopened.by, now.reopened.text) == (who.id, WHY["reason"])
    said = [line.detail for line in await lines(house, request) if line.about == duty]
    assert said[0] == "Hand in the number you use (https://texts.example/whitlock)"
    assert said[1] == "said that “Hand in the number you use” is not done after all (reason: The page does not open)"


async def test_the_owner_is_told_anew_and_every_card_says_so(house: House) -> None:
    _, duty = await handed_in(house)
    before = len(house.sees(DANA))

    await house.sends(MARIA, Reopen(duty), WHY)
    await house.post_is_out()

    assert len(house.sees(DANA)) == before + 1
    card = house.sees(DANA)[-1]
    assert card.title == "To do again: Hand in the number you use"
    assert "Opened again by: Maria Ortiz" in plain(card)
    assert button(card, "Hand in") == Done(duty)
    assert "Not done after all: “Hand in the number you use”" in [one.title for one in house.sees(RAVI)]


async def test_it_is_done_again_later_and_told_again(house: House) -> None:
    request, duty = await handed_in(house)
    await house.sends(MARIA, Reopen(duty), WHY)
    before = len(house.sees(RAVI))

    await house.sends(DANA, Done(duty), {"url": "https://texts.example/new"})
    await house.post_is_out()

    assert len(house.sees(RAVI)) == before + 1
    assert "Web address: https://texts.example/new" in plain(house.sees(RAVI)[-1])
    assert all("To do" not in card.title or "Hand in" not in card.title for card in house.sees(DANA))
    assert [one.what for one in await lines(house, request) if one.about == duty] == ["done", "reopened", "done"]

    await house.sends(RAVI, Reopen(duty), WHY)
    await house.post_is_out()
    assert (await recorded(house, request)).count("reopened") == 2
    assert house.sees(DANA)[-1].title == "To do again: Hand in the number you use"


async def test_the_requester_says_so_of_what_others_did(house: House) -> None:
    request, _ = await handed_in(house)
    parents = request.duties[2].id
    await house.sends(MARIA, Done(parents), {"evidence": "2026-03-02"})
    await house.post_is_out()

    own = next(card for card in house.sees(DANA) if card.title.startswith("Your request"))
    assert button(own, "Say not done: Inform the parents") == Reopen(parents)
    assert whispered(await house.sends(DANA, Reopen(parents), WHY)).title == "Opened again."
    assert whispered(await house.desk.again(Reopen(parents), DANA)).title.startswith("Your request")
    assert whispered(await house.desk.again(Reopen(parents), MARIA)).title == "To do again: Inform the parents"


async def test_somebody_who_was_told_sees_the_news_again_when_the_form_is_left(house: House) -> None:
    _, duty = await handed_in(house)

    assert whispered(await house.desk.again(Reopen(duty), RAVI)).title.startswith("Done by Dana Whitlock")
    assert whispered(await house.desk.again(Reopen(DutyId("none")), RAVI)).title == "Nothing was sent."
    abroad = replace(RAVI, district=type(RAVI.district)("chsd-230"))
    assert whispered(await house.desk.again(Reopen(duty), abroad)).title == "Nothing was sent."


async def test_a_stranger_opens_nothing_and_what_is_open_stays(house: House) -> None:
    request, duty = await handed_in(house)

    for stranger in (LEE, HELEN, NGOZI):
        assert whispered(await house.sends(stranger, Reopen(duty), WHY)).title == "This is not yours."
    assert whispered(await house.presses(MARIA, Reopen(DutyId("none")))).title == "I cannot find that for you."
    assert whispered(await house.presses(DANA, Reopen(request.duties[0].id))).title == "This is still to be done."
    assert (await recorded(house, request)).count("reopened") == 0


async def test_a_reason_is_wanted(house: House) -> None:
    _, duty = await handed_in(house)

    assert faulty(await house.sends(MARIA, Reopen(duty), {"reason": " "})).keys() == {"reason"}
    assert (await kept(house)).duties[1].status is DutyStatus.done


async def test_the_same_form_twice_opens_it_once_even_when_it_was_done_again_between(house: House) -> None:
    request, duty = await handed_in(house)
    for _ in range(2):
        assert whispered(await house.sends(MARIA, Reopen(duty), WHY, "same")).title == "Opened again."
    await hands_in(house, request)

    assert whispered(await house.sends(MARIA, Reopen(duty), WHY, "same")).title == "Opened again."

    assert (await kept(house)).duties[1].status is DutyStatus.done
    assert (await recorded(house, request)).count("reopened") == 1


async def test_of_two_at_once_one_opens_it(house: House) -> None:
    request, duty = await handed_in(house)

    replies = await asyncio.gather(*(house.sends(one, Reopen(duty), WHY) for one in (MARIA, RAVI)))

    assert sorted(whispered(one).title for one in replies) == ["Opened again.", "This is still to be done."]
    assert (await recorded(house, request)).count("reopened") == 1


@pytest.mark.parametrize("gone", [False, True])
async def test_who_is_beaten_to_it_reads_how_it_stands(house: House, monkeypatch: pytest.MonkeyPatch, gone: bool) -> None:  # noqa: FBT001
    _, duty = await handed_in(house)

    def beaten(self: SqlRequests, *args: object) -> bool:
        if gone:
            monkeypatch.setattr(SqlRequests, "of_duty", lambda *_: None)
        return False

    monkeypatch.setattr(SqlRequests, "reopen", beaten)
    card = whispered(await house.sends(MARIA, Reopen(duty), WHY))

    assert card.title == ("I cannot find that for you." if gone else "This is still to be done.")
