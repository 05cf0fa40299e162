"""A duty is done, once, by whoever owes it, and handed to those who are told."""

from datetime import UTC, datetime

import pytest

from handlers.actions import Approve, Done
from handlers.cards import Kind
from handlers.fulfil import submit
from handlers.once import attempt
from handlers.people import Person
from handlers.policy.fields import Misfilled
from handlers.wording.plain import plain
from handlers.workflow.moves import Fulfilled
from handlers.workflow.refused import DutyOver, Unknown
from storage.inbox import SqlInbox
from storage.requests import SqlRequests
from tests.house import House, faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, RAVI
from tests.scenes import ADDRESS, both_have_agreed, hands_in, has_sent, kept, lines, recorded, seat

COPY, HAND_IN, PARENTS = 0, 1, 2


async def test_a_duty_without_evidence_is_done_by_one_press(house: House) -> None:
    request = await both_have_agreed(house)

    card = whispered(await house.presses(DANA, Done(request.duties[COPY].id)))
    await house.post_is_out()

    assert card.title == "Recorded as done."
    done = next(card for card in house.sees(DANA) if card.title == "Done: Copy your supervisor on every message")
    assert [one.label for one in done.buttons] == ["Say it is not done"]
    assert "Done by: Dana Whitlock" in plain(done)
    assert (await lines(house, request))[-1].detail == "Copy your supervisor on every message"


async def test_the_address_is_handed_in_and_reaches_those_who_are_told(house: House) -> None:
    request = await both_have_agreed(house)

    form = opened(await house.presses(DANA, Done(request.duties[HAND_IN].id)))
    assert [(field.name, field.kind) for field in form.fields] == [("url", Kind.url)]
    await house.sends(DANA, form.action, ADDRESS)
    await house.post_is_out()

    for reader in (MARIA, RAVI):
        assert ADDRESS["url"] in plain(house.sees(reader)[-1])
        assert house.sees(reader)[-1].title == "Done by Dana Whitlock: “Hand in the number you use”"
    assert (await kept(house)).duties[HAND_IN].evidence == ADDRESS["url"]
    assert ADDRESS["url"] in (await lines(house, request))[-1].detail


async def test_the_principal_says_when_the_parents_were_told(house: House) -> None:
    request = await both_have_agreed(house)

    form = opened(await house.presses(MARIA, Done(request.duties[PARENTS].id)))
    assert [(field.name, field.kind) for field in form.fields] == [("evidence", Kind.date)]
    await house.sends(MARIA, form.action, {"evidence": "2026-03-02"})

    assert (await kept(house)).duties[PARENTS].evidence == "2026-03-02"


@pytest.mark.parametrize(
    ("who", "duty", "values", "sentence"),
    [
        (DANA, HAND_IN, {}, "Web address: please fill this in."),
        (DANA, HAND_IN, {"url": "texts dot example"}, "Web address: please give a full web address, beginning with https://."),
        (DANA, HAND_IN, {"url": "javascript:alert(1)"}, "Web address: please give a full web address, beginning with https://."),
        (DANA, HAND_IN, {"url": f"https://texts.example/{'x' * 500}"}, "Web address: please use at most 500 characters."),
        (MARIA, PARENTS, {"evidence": "2026-03-03"}, "On which day: please give a day that has come, not one that lies ahead."),
        (MARIA, PARENTS, {"evidence": "yesterday"}, "On which day: please give a date such as 2026-09-01."),
    ],
)
async def test_evidence_that_cannot_be_taken_keeps_the_form_open(
    house: House, who: Person, duty: int, values: dict[str, str], sentence: str
) -> None:
    request = await both_have_agreed(house)

    faults = faulty(await house.sends(who, Done(request.duties[duty].id), values))

    assert list(faults.values()) == [sentence]
    assert (await kept(house)).duties[duty].status == "open"


async def test_nobody_does_somebody_elses_duty(house: House) -> None:
    request = await both_have_agreed(house)

    assert "Only Dana Whitlock can do this" in plain(whispered(await house.presses(LEE, Done(request.duties[COPY].id))))
    assert "Only Dana Whitlock can do this" in plain(whispered(await house.sends(LEE, Done(request.duties[HAND_IN].id), ADDRESS)))
    assert all(duty.status == "open" for duty in (await kept(house)).duties)


async def test_a_duty_done_twice_is_done_once(house: House) -> None:
    request = await both_have_agreed(house)
    await hands_in(house, request)

    pressed = whispered(await house.presses(DANA, Done(request.duties[HAND_IN].id)))
    sent = whispered(await house.sends(DANA, Done(request.duties[HAND_IN].id), {"url": "https://other.example"}))

    assert pressed == sent
    assert "Dana Whitlock did it. Nothing was changed." in plain(sent)
    assert (await kept(house)).duties[HAND_IN].evidence == ADDRESS["url"]
    assert (await recorded(house, request)).count("done") == 1
    await house.post_is_out()
    assert len([card for card in house.sees(RAVI) if ADDRESS["url"] in plain(card)]) == 1


async def test_a_duty_delivered_twice_is_answered_alike(house: House) -> None:
    request = await both_have_agreed(house)
    copy, hand_in = Done(request.duties[COPY].id), Done(request.duties[HAND_IN].id)

    pressed = [await house.presses(DANA, copy, delivery="press") for _ in range(2)]
    sent = [await house.sends(DANA, hand_in, ADDRESS, delivery="form") for _ in range(2)]

    assert pressed[0] == pressed[1]
    assert sent[0] == sent[1]
    assert whispered(sent[0]).title == "Recorded as done."
    assert (await recorded(house, request)).count("done") == 2


async def test_the_same_form_was_first_between_reading_and_writing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, one delivery: whoever reads first finds the duty open and the delivery new."""
    request = await both_have_agreed(house)
    noted = iter([None, attempt("done", request.duties[HAND_IN].id, DANA)])
    monkeypatch.setattr(SqlRequests, "fulfil", lambda *_: False)
    monkeypatch.setattr(SqlInbox, "result", lambda *_: next(noted))

    done = await house.store.write(submit, house.packs, request.duties[HAND_IN].id, ADDRESS, DANA, delivery="once", now=NOON)

    assert isinstance(done, Fulfilled)


async def test_a_form_for_a_duty_that_asks_for_nothing_is_a_press(house: House) -> None:
    """No such form was ever drawn; whoever sends one all the same gets a sentence, as everybody does."""
    request = await both_have_agreed(house)

    stranger = whispered(await house.sends(LEE, Done(request.duties[COPY].id), {}))
    owner = whispered(await house.sends(DANA, Done(request.duties[COPY].id), {"evidence": "x"}))

    assert stranger.title == "This is not yours."
    assert owner.title == "Recorded as done."


async def test_a_duty_that_nobody_owns_goes_to_who_stands_in(house: House) -> None:
    """A duty without an owner would never be done, and nobody would know."""
    await seat(house, DANA, RAVI, HELEN)

    request = await has_sent(house)
    await house.presses(HELEN, Approve(request.stages[0].id))
    await house.presses(RAVI, Approve(request.stages[1].id))

    assert (await kept(house)).duties[PARENTS].owners == (HELEN.id,)


async def test_the_requester_has_left_and_her_principal_hands_in_for_nobody(house: House) -> None:
    request = await both_have_agreed(house)
    await seat(house, *(person for person in EVERYBODY if person is not DANA))

    await house.sends(MARIA, Done(request.duties[PARENTS].id), {"evidence": "2026-03-02"})

    assert (await kept(house)).duties[PARENTS].status == "done"


@pytest.mark.parametrize("gone", [True, False], ids=["it is gone", "somebody was first"])
async def test_somebody_did_it_between_reading_and_writing(house: House, gone: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    request = await both_have_agreed(house)
    answers = iter([request, None if gone else request])
    monkeypatch.setattr(SqlRequests, "fulfil", lambda *_: False)
    monkeypatch.setattr(SqlRequests, "of_duty", lambda *_: next(answers))

    refusal = await house.store.write(submit, house.packs, request.duties[HAND_IN].id, ADDRESS, DANA, delivery="once", now=NOON)

    assert isinstance(refusal, Unknown if gone else DutyOver)
    assert (await recorded(house, request)).count("done") == 0


async def test_a_duty_of_earlier_rules_can_still_be_done(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await both_have_agreed(house)
    changed = house.packs.get(MAPLE_GROVE).model_copy(update={"processes": {}})
    monkeypatch.setattr(house.packs, "get", lambda district: changed)

    assert whispered(await house.presses(DANA, Done(request.duties[HAND_IN].id))).title == "Recorded as done."


async def test_which_day_has_come_is_the_districts_own(house: House) -> None:
    """Early in the evening there it is tomorrow by universal time."""
    request = await both_have_agreed(house)
    evening = datetime(2026, 3, 3, 2, tzinfo=UTC)  # March 2, 8 p.m. in Maple Grove

    async def given(day: str) -> object:
        return await house.store.write(
            submit, house.packs, request.duties[PARENTS].id, {"evidence": day}, MARIA, delivery=f"on {day}", now=evening
        )

    assert isinstance(await given("2026-03-03"), Misfilled)
    assert isinstance(await given("2026-03-02"), Fulfilled)
