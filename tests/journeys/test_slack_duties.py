"""What follows an approval, in Slack, by the real process: a duty is taken, taken over and done; and the bot's question is answered."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.test_slack import DANA, MARIA, asked, now, playing, requested, until_said
from tests.loopback.slack import LoopbackSlack, Message
from tests.served import SLACK_IDS, Served

NGOZI = SLACK_IDS["ngozi"]
DUTY = "To do: Inform the parents"


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for one in playing(tmp_path, "http"):
        yield one


@pytest.fixture
async def two_principals(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, "west-st-francois-r4", keys) as served:
            people = tmp_path / "people.csv"
            people.write_text(people.read_text().replace(",assistant_principal,", ",building_principal,"))
            assert await served.runs("people", "import", "people.csv", "--district", "west-st-francois-r4") == 0
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            yield slack


async def test_a_duty_is_taken_taken_over_and_done(two_principals: LoopbackSlack) -> None:
    slack = two_principals
    await slack.presses(MARIA, await requested(slack), label="Approve")
    hers, theirs = [await until_said(slack, who, DUTY) for who in (MARIA, NGOZI)]

    await slack.presses(MARIA, hers, label="Take")
    await until_labels(slack, theirs, "Take over")
    await slack.presses(NGOZI, now(slack, theirs), label="Take over")
    await slack.until(lambda: "Taken by" in slack.text_of(now(slack, hers)) and "Ngozi Okafor" in slack.text_of(now(slack, hers)))

    await slack.presses(NGOZI, now(slack, theirs), label="Parents were informed")
    form = await slack.until(lambda: view if (view := slack.modal(NGOZI)) and view.callback_id == "done" else None)
    assert (await slack.submits(NGOZI, form, {"evidence": f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"})).errors == {}

    await slack.until(lambda: "Done: Inform the parents" in slack.text_of(now(slack, hers)))


async def test_the_bots_own_question_is_answered_with_a_button(slack: LoopbackSlack) -> None:
    question = await asked(slack, "May I call a student?")
    assert "depends on this one thing" in slack.text_of(question)

    await slack.presses(DANA, question, label="My own number, address or account")

    await until_said(slack, DANA, "Only with approval")


async def until_labels(slack: LoopbackSlack, message: Message, label: str) -> None:
    await slack.until(lambda: label in [one for one, _, _ in slack.buttons(now(slack, message))])
