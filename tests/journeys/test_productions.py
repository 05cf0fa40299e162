"""A supervisor asks for messages, and a worry is reported, with no question before it: in Slack, in Teams and in the rehearsal's page."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import expect

from handlers.days import in_zone
from tests.browser import Chromium, barriers
from tests.journeys.teams_story import a_story
from tests.journeys.test_in_the_browser import address, at_their_desks
from tests.journeys.test_slack import DANA, MARIA, now, playing, until_said
from tests.loopback.slack import LoopbackSlack, View
from tests.rehearsal import Rehearsal

TODAY = f"{datetime.now(in_zone('America/Chicago')):%Y-%m-%d}"  # the district's own day
ASKED = "To do: Hand over the school messages"


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for one in playing(tmp_path, "http"):
        yield one


async def modal(slack: LoopbackSlack, who: str, callback: str) -> View:
    return await slack.until(
        lambda: view if (view := slack.modal(who)) and view.callback_id == callback and len(view.all_blocks) > 1 else None
    )


async def chosen(slack: LoopbackSlack, who: str, title: str) -> View:
    """The form of the process that somebody chose from the list."""
    await slack.commands(who, "/hallpass", "request")
    await slack.submits(who, await modal(slack, who, "request_new"), {"process": title})
    return await slack.until(lambda: view if (view := slack.modal(who)) and "process" not in fields(view) else None)


def fields(view: View) -> list[str]:
    return [block["block_id"] for block in view.all_blocks if block["type"] == "input"]


@pytest.mark.walks("W8")
async def test_a_supervisor_asks_for_messages_in_slack_and_gets_them(slack: LoopbackSlack) -> None:
    form = await chosen(slack, MARIA, "Hand over messages with students")
    assert (await slack.submits(MARIA, form, {"person": "Dana Whitlock", "students": "Ada Finch"})).errors == {}
    card = await until_said(slack, DANA, ASKED)

    await slack.presses(DANA, now(slack, card), label="Say what was handed over")
    done = await modal(slack, DANA, "done")
    await slack.presses(DANA, done, "outcome", choice="I handed them over")
    await slack.until(lambda: (view := slack.modal(DANA)) and "where" in fields(view))
    sent = await slack.submits(DANA, done, {"what": "Texts of March", "when": TODAY, "where": "On a stick"})

    assert sent.errors == {}
    assert "On a stick" in slack.text_of(await until_said(slack, MARIA, "Done by Dana Whitlock"))
    await slack.until(lambda: [label for label, _, _ in slack.buttons(now(slack, card))] == ["Say it is not done"])


@pytest.mark.walks("W1")
async def test_a_worry_is_handed_over_from_slacks_shortcut(slack: LoopbackSlack) -> None:
    await slack.shortcut(DANA, "request")
    await slack.submits(DANA, await modal(slack, DANA, "request_new"), {"process": "Improper contact with a student"})
    form = await slack.until(lambda: view if (view := slack.modal(DANA)) and "what" in fields(view) else None)
    assert "Whoever it is about does not receive it" in slack.text_of(form)

    assert (await slack.submits(DANA, form, {"what": "Late calls"})).errors == {}

    assert "Late calls" in slack.text_of(await until_said(slack, MARIA, "reports"))


@pytest.mark.walks("W8")
async def test_a_supervisor_asks_for_messages_in_teams_and_takes_it_back(tmp_path: Path) -> None:
    async with a_story(tmp_path) as story:
        teams = story.teams
        await teams.says("maria", "request")
        begun = await story.said("maria", "choose what to start")
        await teams.presses("maria", begun, "Ask", filled={"process": "Hand over messages with students"})
        await teams.presses("maria", begun, "Send request", filled={"person": "Dana Whitlock"})
        first = await story.said("dana", ASKED)
        own = await story.said("maria", "Your request: ")

        await teams.presses("maria", own, verb="withdraw")
        await story.said("dana", "nothing more to do")
        await teams.until(lambda: story.labels(first) == [])

        await teams.says("maria", "request")
        begun = await story.said("maria", "choose what to start")
        await teams.presses("maria", begun, "Ask", filled={"process": "Hand over messages with students"})
        await teams.presses("maria", begun, "Send request", filled={"person": "Dana Whitlock"})
        card = await story.said("dana", ASKED)
        await story.form("dana", card, "Say what was handed over", outcome="There are none", what="None at all", when=TODAY)
        assert "There are none" in teams.text_of(await story.said("maria", "Done by Dana Whitlock"), "maria")


@pytest.mark.browser
@pytest.mark.walks("W8", "W1")
async def test_a_production_and_a_report_in_the_page(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    dana, maria, *_ = at_their_desks(page)
    form = page.get_by_role("dialog")

    await maria.get_by_role("button", name="Start without a question").click()
    await form.get_by_label("Or choose what to start").select_option("Hand over messages with students")
    await form.get_by_role("button", name="Ask", exact=True).click()
    await form.get_by_label("Whose messages").select_option("Dana Whitlock")
    assert await barriers(page) == []
    await form.get_by_role("button", name="Send request").click()
    await expect(form).to_be_hidden()

    await dana.get_by_role("button", name="Say what was handed over").first.click()
    await form.get_by_label("Outcome").select_option("There are none")
    await expect(form.get_by_label("Where or to whom")).to_be_hidden()
    await form.get_by_label("Which messages").fill("No other account")
    await form.get_by_label("On which day").fill(TODAY)
    await form.get_by_role("button", name="Say what was handed over").click()
    await expect(maria.get_by_role("heading", name="Done by Dana Whitlock").first).to_be_visible()

    await dana.get_by_role("button", name="Start without a question").click()
    await form.get_by_label("Or choose what to start").select_option("Improper contact with a student")
    await form.get_by_role("button", name="Ask", exact=True).click()
    await form.get_by_label("What you saw or heard").fill("Late calls")
    await form.get_by_role("button", name="Send report").click()
    await expect(dana.get_by_text("This was handed to Maria Ortiz.")).to_be_visible()
    await expect(maria.get_by_text("Late calls").first).to_be_visible()
