"""The requester takes her request back, while nobody has settled it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.actions import Approve, Withdraw
from handlers.once import attempt
from handlers.people import Person
from handlers.withdraw import take_back
from handlers.wording.plain import plain
from handlers.workflow.moves import Settled
from handlers.workflow.refused import Already
from storage.inbox import SqlInbox
from storage.requests import SqlRequests
from tests.house import House, whispered
from tests.samples import DANA, LEE, MARIA, NOON, RAVI
from tests.scenes import both_have_agreed, denies, has_sent, kept, lines, one_has_agreed, recorded, takes_back


async def test_she_takes_it_back_and_everybody_who_had_a_card_sees_that(house: House) -> None:
    request = await has_sent(house)

    assert whispered(await house.presses(DANA, Withdraw(request.id))).title == "Withdrawn."
    await house.post_is_out()

    assert (await kept(house)).status == "withdrawn"
    assert [card.title for card in house.sees(MARIA)] == ["Withdrawn: “Permission to text from your own phone”"]
    assert not any(card.buttons for card in (*house.sees(MARIA), *house.sees(DANA)))
    assert await recorded(house, request) == ["sent", "withdrawn"]


async def test_it_can_still_be_taken_back_between_two_stages(house: House) -> None:
    request = await one_has_agreed(house)

    await takes_back(house, request)

    assert [stage.status for stage in (await kept(house)).stages] == ["approved", "closed"]
    assert whispered(await house.presses(RAVI, Approve(request.stages[1].id))).title == "This one is closed."


@pytest.mark.parametrize("who", [LEE, MARIA], ids=["a colleague", "who decides"])
async def test_nobody_takes_back_somebody_elses_request(house: House, who: Person) -> None:
    request = await has_sent(house)

    assert whispered(await house.presses(who, Withdraw(request.id))).title == "I cannot find that for you."
    assert (await kept(house)).status == "pending"


async def test_what_is_approved_is_given_back_and_ends_at_once(house: House) -> None:
    request = await both_have_agreed(house)

    first = await house.presses(DANA, Withdraw(request.id), delivery="once")
    again = await house.presses(DANA, Withdraw(request.id), delivery="once")
    await house.post_is_out()

    assert whispered(first).title == "Given back."
    assert first == again
    ended = await kept(house)
    assert (ended.status, ended.stopped_by, ended.why_stopped) == ("ended", DANA.id, "")
    assert ended.ends == (await lines(house, request))[-1].at
    assert await recorded(house, request) == ["sent", "approved", "approved", "ended"]
    assert "Ended: “Permission to text from your own phone”" in [card.title for card in house.sees(MARIA)]
    assert "It has ended" in plain(whispered(await house.presses(DANA, Withdraw(request.id))))


async def test_what_is_over_by_its_last_day_is_not_given_back(house: House) -> None:
    request = await both_have_agreed(house)
    await house.store.write(lambda work: work.requests.stop(replace(request, ends=NOON - timedelta(days=1))))

    assert "It has ended" in plain(whispered(await house.presses(DANA, Withdraw(request.id))))
    assert (await kept(house)).stopped_by is None


async def test_what_is_denied_is_not_taken_back(house: House) -> None:
    request = await has_sent(house)
    await denies(house, request)

    assert "denied by Maria Ortiz" in plain(whispered(await house.presses(DANA, Withdraw(request.id))))


async def test_taking_it_back_twice_is_once(house: House) -> None:
    request = await has_sent(house)

    first = await house.presses(DANA, Withdraw(request.id), delivery="once")
    again = await house.presses(DANA, Withdraw(request.id), delivery="once")
    other = whispered(await house.presses(DANA, Withdraw(request.id), delivery="twice"))

    assert first == again
    assert "It was withdrawn" in plain(other)
    assert await recorded(house, request) == ["sent", "withdrawn"]


async def test_somebody_decided_between_reading_and_writing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await has_sent(house)
    monkeypatch.setattr(SqlRequests, "withdraw", lambda *_: False)

    refusal = await house.store.write(take_back, request.id, DANA, delivery="once", now=NOON)

    assert refusal == Already(request)
    assert await recorded(house, request) == ["sent"]


async def test_the_same_press_was_first_between_reading_and_writing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, one delivery: whoever reads first finds the request pending and the delivery new."""
    request = await has_sent(house)
    noted = iter([None, attempt("withdraw", request.id, DANA)])
    monkeypatch.setattr(SqlRequests, "withdraw", lambda *_: False)
    monkeypatch.setattr(SqlInbox, "result", lambda *_: next(noted))

    assert isinstance(await house.store.write(take_back, request.id, DANA, delivery="once", now=NOON), Settled)
