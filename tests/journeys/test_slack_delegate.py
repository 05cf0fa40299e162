"""Passed from one to another in Slack, by the real process: a decision, what waits while somebody is away, a duty of several."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.test_slack import DANA, LEE, MARIA, now, playing, requested, until_said
from tests.loopback.slack import LoopbackSlack, Message, View
from tests.samples import today
from tests.served import Served

NGOZI, HELEN = "UNGOZI", "UHELEN"
TAKEN, BEATEN = "It is yours.", "Somebody else works on this."


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for slack in playing(tmp_path, "http"):
        yield slack


async def form(slack: LoopbackSlack, user: str, verb: str) -> View:
    """The form of this kind, once it is in front of this person."""
    return await slack.until(lambda: view if (view := slack.modal(user)) and view.callback_id == verb else None)


async def test_the_principal_asks_her_assistant_who_approves(slack: LoopbackSlack) -> None:
    card = await requested(slack)
    assert ("Ask somebody else to decide", "delegate.5") in [(label, verb) for label, verb, _ in slack.buttons(card)]

    await slack.presses(MARIA, card, label="Ask somebody else to decide")
    sent = await slack.submits(MARIA, await form(slack, MARIA, "delegate"), {"person": "Ngozi Okafor", "reason": "I am away"})
    assert sent.errors == {}
    assert "Ngozi Okafor has the card now" in slack.text_of(await slack.until(lambda: slack.modal(MARIA)))

    hers = (await slack.until(lambda: slack.answers(NGOZI)))[0]
    assert "Ada Finch" in slack.text_of(hers)
    await slack.until(lambda: "Asked by Maria Ortiz: Ngozi Okafor decides too" in slack.text_of(now(slack, card)))
    await until_said(slack, DANA, "Ngozi Okafor, asked by Maria Ortiz")
    stale = card.copy()
    await slack.presses(NGOZI, hers, label="Approve")

    await slack.until(lambda: [label for label, _, _ in slack.buttons(now(slack, card))] == ["Revoke"])
    assert "Ngozi Okafor, asked by Maria Ortiz" in slack.text_of(now(slack, card))
    await until_said(slack, DANA, "Approved by")
    await slack.closes(MARIA, await slack.until(lambda: slack.modal(MARIA)))
    await slack.presses(MARIA, stale, label="Ask somebody else to decide")
    await until_said(slack, MARIA, "already answered")


async def test_nobody_asks_about_what_is_not_theirs(slack: LoopbackSlack) -> None:
    card = await requested(slack)

    await slack.presses(LEE, card, label="Ask somebody else to decide")

    await until_said(slack, LEE, "This is not yours.")


async def test_what_is_not_hers_goes_to_the_superintendent_and_a_late_press_says_so(slack: LoopbackSlack) -> None:
    card = await requested(slack)
    stale = card.copy()

    await slack.presses(MARIA, card, label="Give away")
    opened = await form(slack, MARIA, "delegate_away")
    sent = await slack.submits(MARIA, opened, {"person": "Helen Brandt", "reason": "It is about the whole district"})
    assert sent.errors == {}
    assert "Helen Brandt has the card" in slack.text_of(await slack.until(lambda: slack.modal(MARIA)))
    await slack.closes(MARIA, await slack.until(lambda: slack.modal(MARIA)))

    hers = (await slack.until(lambda: slack.answers(HELEN)))[0]
    assert "Maria Ortiz gave this to Helen Brandt" in slack.text_of(hers)
    await slack.until(lambda: "Helen Brandt decides this now" in slack.text_of(now(slack, card)))
    assert slack.buttons(now(slack, card)) == []
    assert "Ada Finch" not in slack.text_of(now(slack, card))
    await slack.presses(MARIA, stale, label="Approve")
    await until_told(slack, MARIA, "This is with somebody else now.")
    assert "Approve" in [label for label, _, _ in slack.buttons(now(slack, hers))]

    await slack.presses(HELEN, hers, label="Approve")
    await until_said(slack, DANA, "Helen Brandt, given it by Maria Ortiz")


async def test_a_stand_in_is_named_by_command_decides_and_is_ended(slack: LoopbackSlack) -> None:
    card = await requested(slack)
    days = {"person": "Ngozi Okafor", "ends": (today() + timedelta(days=5)).isoformat()}

    await slack.commands(MARIA, "/hallpass", "delegate")
    opened = await form(slack, MARIA, "delegate_name")
    wrong = await slack.submits(MARIA, opened, days | {"ends": (today() + timedelta(days=500)).isoformat()})
    assert "at most 60 days (district setting)" in wrong.errors["ends"]
    assert (await slack.submits(MARIA, opened, days)).errors == {}

    hers = (await slack.until(lambda: slack.answers(NGOZI)))[0]
    assert "Ngozi Okafor stands in for Maria Ortiz until" in slack.text_of(hers)
    await slack.presses(NGOZI, hers, label="Approve")
    await slack.until(lambda: "in place of Maria Ortiz, who asked Ngozi Okafor to stand in" in slack.text_of(now(slack, card)))

    await slack.commands(MARIA, "/hallpass", "delegate")
    standing = await until_told(slack, MARIA, "stands in for you until")
    assert [verb for _, verb, _ in slack.buttons(standing)] == ["delegate_end.0", "delegate_name.1"]
    await slack.presses(MARIA, standing, label="End it")
    await until_told(slack, MARIA, "It has ended.")


async def test_delegate_written_to_the_bot_says_who_stands_in(slack: LoopbackSlack) -> None:
    await slack.says(MARIA, "Delegate")

    answer = await until_said(slack, MARIA, "Nobody stands in for you.")
    await slack.presses(MARIA, answer, label="Name somebody")
    assert "First day" in slack.text_of(await form(slack, MARIA, "delegate_name"))


async def test_of_two_principals_who_take_a_duty_at_once_one_has_it(tmp_path: Path) -> None:
    async with LoopbackSlack() as slack:
        for user in (DANA, LEE, MARIA, NGOZI):
            slack.user(user, name=user[1:].title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, "west-st-francois-r4", keys) as served:
            people = tmp_path / "people.csv"
            people.write_text(people.read_text().replace(",assistant_principal,", ",building_principal,"))
            assert await served.runs("people", "import", "people.csv", "--district", "west-st-francois-r4") == 0
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            card = await requested(slack)
            await slack.presses(MARIA, card, label="Approve")
            copies = {user: await taking(slack, user) for user in (MARIA, NGOZI)}

            await asyncio.gather(*(slack.presses(user, copy, label="Take") for user, copy in copies.items()))

            await slack.until(lambda: all("Taken by" in slack.text_of(now(slack, copy)) for copy in copies.values()))
            await slack.until(lambda: all(TAKEN in told(slack, user) or BEATEN in told(slack, user) for user in copies))
            first = [user for user in copies if TAKEN in told(slack, user)]
            second = [user for user in copies if BEATEN in told(slack, user)]
            assert len(first) == len(second) == 1
            assert first != second


async def taking(slack: LoopbackSlack, user: str) -> Message:
    """This person's card of the duty."""
    return (await slack.until(lambda: [one for one in slack.answers(user) if "Take" in [label for label, _, _ in slack.buttons(one)]]))[0]


async def until_told(slack: LoopbackSlack, user: str, words: str) -> Message:
    """What says so to this person, alone or in a message, once it is there."""
    return (await slack.until(lambda: [one for one in (*slack.whispers(user), *slack.answers(user)) if words in slack.text_of(one)]))[-1]


def told(slack: LoopbackSlack, user: str) -> str:
    """Everything that this person was told."""
    return "\n".join(slack.text_of(one) for one in (*slack.whispers(user), *slack.answers(user)))
