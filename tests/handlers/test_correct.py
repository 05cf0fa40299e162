"""Dana corrects what she asked for before anybody has decided, and nobody decides what they have not read."""

import pytest

from handlers.actions import Approve, Deny, View
from handlers.cards import Card, Faults
from handlers.changing import ApproveChanged, Correct
from handlers.ids import RequestId, StageId
from handlers.wording.plain import plain
from handlers.workflow.request import Request
from storage.amendments import SqlAmendments
from storage.requests import SqlRequests
from tests.house import House, button, opened, whispered
from tests.samples import DANA, HELEN, LEE, MARIA, RAVI
from tests.scenes import LOGO, SIGN, TEAM, asks, has_given_notice, has_sent, kept, lines, one_has_agreed, recorded, takes_back

MORE = TEAM | {"students": "Ada Finch\nCy Young", "channel": "phone calls"}


async def has_corrected(house: House, values: dict[str, str] = MORE) -> Request:
    """Dana has asked, and corrected it; the cards are out."""
    request = await has_sent(house)
    assert whispered(await house.sends(DANA, Correct(request.id), values)).title == "Corrected."
    await house.post_is_out()
    return await kept(house)


async def test_dana_corrects_and_maria_reads_what_is_different(house: House) -> None:
    await has_sent(house)
    form = opened(await house.presses(DANA, button(house.sees(DANA)[0], "Correct")))
    assert {field.name: field.value for field in form.fields} == {**TEAM, "channel": ""}
    assert whispered(await house.sends(DANA, form.action, MORE)).title == "Corrected."
    await house.post_is_out()

    request = await kept(house)
    assert (request.fields, request.status, request.stages[0].status) == (MORE, "pending", "open")
    for who in (MARIA, DANA):
        card = plain(house.sees(who)[0])
        assert "Corrected on: " in card
        assert "Students: Ada Finch\nCy Young, instead of Ada Finch\nBo Reyes" in card
    assert await recorded(house, request) == ["sent", "corrected", "corrected"]
    assert [line.detail for line in await lines(house, request)][1:] == ["Students: corrected", "How: filled in"]
    assert "Cy Young" not in plain((await house.looks(HELEN, View.records))[0])
    assert house.woken == 2


async def test_a_choice_and_a_day_stand_in_the_record_with_both_values(house: House) -> None:
    await house.sends(DANA, await asks(house, LOGO), SIGN | {"size": "large", "place": "The gym"})
    request = await kept(house)

    await house.sends(DANA, Correct(request.id), SIGN | {"starts": "2026-05-01"})

    assert (await kept(house)).fields == SIGN | {"starts": "2026-05-01"}
    assert [line.detail for line in await lines(house, request)][1:] == [
        "Size: large → small",
        "Where it would hang: taken out",
        "From: April 1, 2026 → May 1, 2026",
    ]


@pytest.mark.parametrize("word", ["Approve", "Deny", "Approve with changes"])
async def test_a_press_on_the_card_as_it_was_decides_nothing(house: House, word: str) -> None:
    request = await has_sent(house)
    old = next(one.action for one in house.sees(MARIA)[0].buttons if one.label == word)
    await house.sends(DANA, Correct(request.id), MORE)

    card = whispered(await house.presses(MARIA, old))

    assert card.title == "This was corrected: please read it again."
    assert "How: phone calls, instead of nothing" in plain(card)
    assert (await kept(house)).stages[0].status == "open"
    assert await recorded(house, request) == ["sent", "corrected", "corrected"]
    await house.presses(MARIA, button(card, "Approve"))
    assert (await kept(house)).stages[0].decided_by == MARIA.id


async def test_the_card_as_it_is_now_decides(house: House) -> None:
    await has_corrected(house)
    whispered(await house.presses(MARIA, button(house.sees(MARIA)[0], "Approve")))
    assert (await kept(house)).stages[0].status == "approved"


@pytest.mark.parametrize("form", [Deny, ApproveChanged])
async def test_a_form_that_was_open_meanwhile_decides_nothing(house: House, form: type[Deny | ApproveChanged]) -> None:
    request = await has_sent(house)
    action = opened(await house.presses(MARIA, form(request.stages[0].id))).action
    await house.sends(DANA, Correct(request.id), MORE)

    reply = whispered(await house.sends(MARIA, action, {"reason": "No", "conditions": "Less"}))

    assert "Nothing was changed" in plain(reply)
    assert (await kept(house)).status == "pending"
    again = opened(await house.presses(MARIA, button(reply, "Deny")))
    await house.sends(MARIA, again.action, {"reason": "No"})
    assert (await kept(house)).status == "denied"


async def test_of_two_corrections_only_what_was_not_seen_is_told(house: House) -> None:
    request = await has_corrected(house)
    seen = button(house.sees(MARIA)[0], "Approve")
    await house.sends(DANA, Correct(request.id), MORE | {"reason": "Rides"})

    card = plain(whispered(await house.presses(MARIA, seen)))

    assert "Reason: Rides" in card
    assert "phone calls" not in card
    assert "Nothing was changed" in plain(whispered(await house.presses(MARIA, Approve(StageId(f"{request.stages[0].id}~9")))))


async def test_an_old_press_that_comes_twice_still_decides_nothing(house: House) -> None:
    request = await has_sent(house)
    await house.sends(DANA, Correct(request.id), MORE)
    for _ in range(2):
        await house.presses(MARIA, Approve(request.stages[0].id), delivery="once")
    assert (await kept(house)).stages[0].status == "open"


async def test_after_a_decision_she_withdraws_and_asks_again(house: House) -> None:
    request = await one_has_agreed(house)

    for reply in (await house.presses(DANA, Correct(request.id)), await house.sends(DANA, Correct(request.id), MORE)):
        assert "Please withdraw the request and ask again." in plain(whispered(reply))
    assert not any(one.label == "Correct" for one in house.sees(DANA)[0].buttons)
    assert await kept(house) == request


async def test_nobody_else_corrects_it_and_nothing_that_is_over(house: House) -> None:
    request = await has_sent(house)
    for who in (MARIA, LEE, RAVI):
        assert "I cannot find that for you" in plain(whispered(await house.sends(who, Correct(request.id), MORE)))
    await takes_back(house, request)
    assert "withdrawn" in plain(whispered(await house.sends(DANA, Correct(request.id), MORE)))
    assert "cannot find" in plain(whispered(await house.presses(DANA, Correct(RequestId("none")))))
    notice = await has_given_notice(house)
    assert "cannot find" in plain(whispered(await house.presses(DANA, Correct(notice.id))))


async def test_what_is_as_it_was_is_no_correction_and_what_is_wrong_is_said(house: House) -> None:
    request = await has_sent(house)
    assert whispered(await house.sends(DANA, Correct(request.id), TEAM)).title == "Nothing was different."
    assert isinstance(await house.sends(DANA, Correct(request.id), {}), Faults)
    assert await kept(house) == request


async def test_the_same_correction_twice_is_one(house: House) -> None:
    request = await has_sent(house)
    replies = [await house.sends(DANA, Correct(request.id), MORE, delivery="once") for _ in range(2)]
    assert replies[0] == replies[1]
    assert len((await kept(house)).corrections) == 1


async def test_a_form_that_the_district_no_longer_has_is_not_corrected(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await has_sent(house)
    pack = house.packs.get(DANA.district)
    bare = pack.model_copy(update={"processes": {}})
    monkeypatch.setattr(type(house.packs), "get", lambda *_: bare)
    assert "no longer open" in plain(whispered(await house.presses(DANA, Correct(request.id))))


async def test_whoever_was_first_between_reading_and_writing_wins(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """tests/storage/test_corrections.py lets them race on a real PostgreSQL."""
    request = await has_corrected(house)
    monkeypatch.setattr(SqlAmendments, "correct", lambda *_: False)
    assert "Nothing was changed" in plain(whispered(await house.sends(DANA, Correct(request.id), TEAM)))
    monkeypatch.setattr(SqlRequests, "settle", lambda *_: False)
    new: Card = house.sees(MARIA)[0]
    assert "Nothing was changed" in plain(whispered(await house.presses(MARIA, button(new, "Approve"))))
    assert await kept(house) == request
