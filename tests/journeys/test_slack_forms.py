"""Forms in Slack that change while they are filled in, and forms whose faults come late: nothing that was typed is lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from tests.journeys.test_slack import DANA, MARIA, asked, now, opened, until_said
from tests.loopback.slack import LoopbackSlack, View
from tests.served import SLACK_IDS, Served


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    """The district whose form asks for a page or an account only where one would be used."""
    async with playing(tmp_path, "carthage-r9") as slack:
        yield slack


@asynccontextmanager
async def playing(folder: Path, district: str) -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(folder, district, keys) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            yield slack


async def form_before(slack: LoopbackSlack) -> View:
    await slack.presses(DANA, await asked(slack), label="Ask for approval")
    return await opened(slack, "request")


def fields(slack: LoopbackSlack) -> list[str]:
    view = slack.modal(DANA)
    return [block["block_id"] for block in view.all_blocks if block["type"] == "input"] if view else []


async def chooses(slack: LoopbackSlack, way: str) -> None:
    view = slack.modal(DANA)
    assert view
    (field,) = [block for block in view.all_blocks if block["block_id"] == "channel"]
    assert field["dispatch_action"]  # else Slack would not tell
    await slack.presses(DANA, view, "channel", choice=way)


async def test_a_field_comes_and_goes_with_the_choice_it_hangs_on(slack: LoopbackSlack) -> None:
    form = await form_before(slack)
    assert fields(slack) == ["students", "activity", "channel", "reason"]

    slack.fills(form, students="Ada Finch", reason="Bus times")
    await chooses(slack, "a social network")
    await slack.until(lambda: "account" in fields(slack))
    assert fields(slack) == ["students", "activity", "channel", "account", "reason"]
    assert form.typed["students", "students"]["value"] == "Ada Finch"
    assert form.typed["channel", "channel"]["selected_option"]["value"] == "a social network"

    slack.fills(form, account="The team's page", activity="Soccer")
    sent = await slack.submits(DANA, form)
    assert (sent.errors, sent.trouble) == ({}, None)
    card = (await slack.until(lambda: slack.answers(MARIA)))[0]
    assert "The team's page" in slack.text_of(card)


async def test_what_stood_in_a_field_that_is_no_longer_asked_is_not_sent(slack: LoopbackSlack) -> None:
    form = await form_before(slack)
    await chooses(slack, "a messaging app")
    await slack.until(lambda: "account" in fields(slack))
    slack.fills(form, students="Ada Finch", activity="Soccer", reason="Bus times", account="The team's page")

    await chooses(slack, "phone calls")
    await slack.until(lambda: "account" not in fields(slack))
    await slack.submits(DANA, form)

    card = (await slack.until(lambda: slack.answers(MARIA)))[0]
    assert "page" not in slack.text_of(card)
    assert "phone calls" in slack.text_of(card)


async def test_two_changes_in_a_hurry_end_with_the_second(slack: LoopbackSlack) -> None:
    await form_before(slack)

    await asyncio.gather(chooses(slack, "a messaging app"), chooses(slack, "phone calls"))
    await asyncio.gather(chooses(slack, "phone calls"), chooses(slack, "a messaging app"))

    await nothing_more_changes(slack)
    assert "account" in fields(slack)


async def nothing_more_changes(slack: LoopbackSlack) -> None:
    """The form may change on the way; what counts is where it comes to rest."""
    seen = -1
    while seen != (seen := len(slack.calls_of("views.update"))):  # noqa: ASYNC110  # another process: there is no event to wait for
        await asyncio.sleep(1.0)


async def presses(slack: LoopbackSlack, who: str, words: str, label: str, callback: str) -> View:
    """The form that the button opens on the card that says these words."""
    card = await until_said(slack, who, words)
    await slack.until(lambda: any(one == label for one, _, _ in slack.buttons(now(slack, card))))
    await slack.presses(who, now(slack, card), label=label)
    return await slack.until(lambda: view if (view := slack.modal(who)) and view.callback_id == callback else None)


async def test_a_renewal_shows_the_field_that_the_new_choice_asks_for(slack: LoopbackSlack) -> None:
    form = await form_before(slack)
    await chooses(slack, "phone calls")
    await slack.submits(DANA, form, {"students": "Ada Finch", "activity": "Soccer", "reason": "Bus times"})
    await slack.presses(MARIA, (await slack.until(lambda: slack.answers(MARIA)))[0], label="Approve")
    form = await presses(slack, DANA, "Your request", "Renew", "renew")

    await chooses(slack, "a social network")
    await slack.until(lambda: "account" in fields(slack))
    assert (await slack.submits(DANA, form, {"account": "The team's page"})).errors == {}

    assert "The team's page" in slack.text_of(await until_said(slack, MARIA, "renews an earlier request"))


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Somebody else writes into the database, so that a form can be checked only later."""
    with sqlite3.connect(folder / "served.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
    other.close()


async def test_faults_that_come_late_bring_back_what_was_typed(slack: LoopbackSlack, tmp_path: Path) -> None:
    form = await form_before(slack)
    with held(tmp_path):
        await slack.submits(DANA, form, {"students": "Ada Finch", "activity": "   ", "reason": "Bus times"}, anyway=True)
        assert "One moment" in slack.text_of(form)

    await slack.until(lambda: fields(slack))
    assert "Please mend. Which class or activity of the district: please fill this in." in slack.text_of(form)
    assert form.typed["students", "students"]["value"] == "Ada Finch"
    assert form.typed["reason", "reason"]["value"] == "Bus times"

    again = await slack.submits(DANA, form, {"activity": " "}, anyway=True)  # in time: the sentence is there once, not twice
    assert again.trouble is None
    assert slack.text_of(form).count("please fill this in") == 1
    await slack.submits(DANA, form, {"activity": "Soccer"})
    assert "Ada Finch" in slack.text_of((await slack.until(lambda: slack.answers(MARIA)))[0])


async def test_faults_of_a_form_that_was_closed_meanwhile_are_told(slack: LoopbackSlack, tmp_path: Path) -> None:
    form = await form_before(slack)
    with held(tmp_path):
        await slack.submits(DANA, form, {"students": "Ada Finch", "activity": " ", "reason": "Bus times"}, anyway=True)
        await slack.closes(DANA, form)

    told = await until_said(slack, DANA, "Your form was not sent.")
    assert "Which class or activity" in slack.text_of(told)
    assert slack.answers(MARIA) == []
