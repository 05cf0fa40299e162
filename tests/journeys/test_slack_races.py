"""Two at the same moment in Slack, by the real process: one decision, one outcome, and the loser is told, alone, who was first."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.loopback.slack import Message, View
from tests.town import DANA, LEE, MARIA, NGOZI, Town, a_town, two_supervisors

pytestmark = pytest.mark.asyncio(loop_scope="module")

DECIDED = ("approved", "denied", "withdrawn", "ended")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["http", "socket"])
async def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """Every story has a request of its own, so they may share the process."""
    async with a_town(tmp_path_factory.mktemp("races"), request.param) as town:
        await two_supervisors(town)
        yield town


async def reason(town: Town, user: str, card: Message) -> View:
    """The form in which this person says why not."""
    await town.slack.presses(user, card, label="Deny")
    return await town.slack.until(lambda: view if (view := town.slack.modal(user)) and view.callback_id == "deny" else None)


async def decisions(town: Town) -> list[str]:
    """What was decided of the newest request, once nothing more comes; no card stands anywhere twice."""
    await town.quiet()
    assert town.doubled() == []
    newest = "SELECT what FROM record WHERE request = (SELECT id FROM requests ORDER BY number DESC LIMIT 1) ORDER BY number"
    return [what for (what,) in town.rows(newest) if what in DECIDED]


async def own_card(town: Town, user: str, student: str) -> Message:
    """The requester's own card about the request."""
    await town.said(user, student)
    return next(one for one in town.slack.answers(user) if student in town.slack.text_of(one) and "Withdraw" in town.labels(one))


async def test_two_deciders_approve_at_once(town: Town) -> None:
    slack = town.slack
    card = await town.requested(DANA, "Ada Finch")
    hers = await town.said(NGOZI, "Ada Finch")

    pressed = await asyncio.gather(slack.presses(MARIA, card, label="Approve"), slack.presses(NGOZI, hers, label="Approve"))

    assert {one.status for one in pressed} == {200}
    assert await decisions(town) == ["approved"]
    assert len(town.outcomes(DANA)) == 1
    assert not {"Approve", "Deny"} & {*town.labels(card), *town.labels(hers)}
    lost = ["This one was already answered." in town.told(user) for user in (MARIA, NGOZI)]
    assert sorted(lost) == [False, True]
    winner, loser = ("Maria Ortiz", NGOZI) if lost[1] else ("Ngozi Okafor", MARIA)
    assert f"approved by {winner}" in town.told(loser)
    assert "already answered" not in town.told(DANA)


async def test_one_approves_while_the_other_denies(town: Town) -> None:
    slack = town.slack
    card = await town.requested(DANA, "Ben Okri")
    hers = await town.said(NGOZI, "Ben Okri")
    form = await reason(town, NGOZI, hers)

    await asyncio.gather(slack.presses(MARIA, card, label="Approve"), slack.submits(NGOZI, form, {"reason": "There is an app for that"}))

    decided = await decisions(town)
    assert decided in (["approved"], ["denied"])
    assert len(town.outcomes(DANA)) == 2
    loser = NGOZI if decided == ["approved"] else MARIA
    shown: list[Message | View] = [*slack.modals.get(loser, []), *slack.answers(loser)[-1:]]
    assert "already answered" in "".join(map(slack.text_of, shown))


async def test_it_is_approved_while_the_requester_takes_it_back(town: Town) -> None:
    slack = town.slack
    card = await town.requested(LEE, "Cleo Marsh")
    own = await own_card(town, LEE, "Cleo Marsh")

    await asyncio.gather(slack.presses(MARIA, card, label="Approve"), slack.presses(LEE, own, label="Withdraw"))

    decided = await decisions(town)
    assert decided in (["approved"], ["withdrawn"], ["approved", "ended"])
    assert "Approve" not in town.labels(card)
    assert len(town.outcomes(LEE)) <= 1


async def test_two_deliveries_of_one_press_are_one_decision_and_one_word(town: Town) -> None:
    slack = town.slack
    card = await town.requested(LEE, "Dov Stern")
    before = len(slack.answers(MARIA))

    pressed = await slack.presses(MARIA, card, label="Approve")
    await slack.again(pressed, 2, at_once=True)

    assert await decisions(town) == ["approved"]
    assert len([one for one in slack.answers(MARIA)[before:] if not town.key(one)]) == 1
    assert {one.status for one in pressed.tries} == {200}


async def test_twenty_presses_at_once_are_one_decision(town: Town) -> None:
    slack = town.slack
    card = await town.requested(LEE, "Eve Hart")
    hers = await town.said(NGOZI, "Eve Hart")
    both, before = [(MARIA, card), (NGOZI, hers)], len(town.outcomes(LEE))

    pressed = await asyncio.gather(*(slack.presses(user, shown, label="Approve") for user, shown in both * 10))

    assert {one.status for one in pressed} == {200}
    assert await decisions(town) == ["approved"]
    assert len(town.outcomes(LEE)) == before + 1
