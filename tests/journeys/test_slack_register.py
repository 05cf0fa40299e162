"""A class site in Slack, by the real process: its address comes into the register, is checked, confirmed a year later, and closed."""

import json
from pathlib import Path

from tests.journeys.later import later
from tests.journeys.test_slack import DANA, MARIA, RAVI, now, until_said
from tests.loopback.slack import LoopbackSlack
from tests.served import SLACK_IDS, Served

DISTRICT = "chsd-230"
SITE = {"activity": "Varsity soccer", "platform": "Instagram", "purpose": "Game days and pictures of the field"}
ADDRESS = "https://pages.example/varsity-soccer"


async def test_a_site_is_registered_checked_confirmed_and_closed(tmp_path: Path) -> None:
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, DISTRICT, keys) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            await handed_in(slack)
            assert (await register(served))["address"] == ADDRESS
            await checked(slack)

            await later(served, 370)
            asked = await until_said(slack, DANA, "Is this still used?")
            await slack.presses(DANA, asked, label="Confirm that it is used")
            await slack.until(lambda: "Live: Instagram" in slack.text_of(now(slack, asked)))
            assert (await register(served))["confirmed"] is not None

            await later(served, 370)
            await slack.until(lambda: [one for one in slack.answers(DANA) if "Is this still used?" in slack.text_of(one)])
            await later(served, 45)
            duty = await until_said(slack, RAVI, "To do: Close what nobody confirmed")
            assert "district setting" in slack.text_of(duty)
            await until_said(slack, MARIA, "Not confirmed: Instagram")
            assert (await register(served))["state"] == "unconfirmed"

            await slack.presses(RAVI, duty, label="Record that it is closed")
            form = await slack.until(lambda: view if (view := slack.modal(RAVI)) and view.callback_id == "done" else None)
            assert (await slack.submits(RAVI, form, {"evidence": "Taken offline with the platform"})).errors == {}
            await slack.until(lambda: "Done: Close" in slack.text_of(now(slack, duty)))
            assert (await register(served))["why"] == "Taken offline with the platform"


async def handed_in(slack: LoopbackSlack) -> None:
    """Maria approves Dana's site, and Dana hands in its address."""
    await slack.says(DANA, "Can I make an Instagram page for my soccer team?")
    answer = await until_said(slack, DANA, "approval")
    await slack.presses(DANA, answer, label="Ask for approval")
    form = await slack.until(lambda: slack.modal(DANA))
    assert (await slack.submits(DANA, form, SITE)).errors == {}
    await slack.presses(MARIA, await until_said(slack, MARIA, "asks for your decision"), label="Approve")
    duty = await until_said(slack, DANA, "To do: Hand in the web address")
    await slack.presses(DANA, duty, label="Hand in the address")
    form = await slack.until(lambda: view if (view := slack.modal(DANA)) and view.callback_id == "done" else None)
    assert (await slack.submits(DANA, form, {"url": ADDRESS})).errors == {}
    await until_said(slack, RAVI, "Done by Dana")


async def checked(slack: LoopbackSlack) -> None:
    """Ravi finds it in his inbox and records a check."""
    await slack.commands(RAVI, "/hallpass", "inbox")
    entry = await until_said(slack, RAVI, "Live: Instagram")
    await until_said(slack, RAVI, "Register: 1 live, 0 unconfirmed")
    await slack.presses(RAVI, entry, label="Record a check")
    form = await slack.until(lambda: view if (view := slack.modal(RAVI)) and view.callback_id == "done_checked" else None)
    assert (await slack.submits(RAVI, form, {"note": "Opens, and names no student", "administrators": "Dana, technology"})).errors == {}


async def register(served: Served) -> dict[str, str | None]:
    """The one channel of the register, as a program reads it."""
    (one,) = json.loads(await served.says("channels", "list", "--json"))
    found: dict[str, str | None] = one
    return found
