"""Time passes in Slack, by the real process: nobody decides, and somebody is reminded, somebody else is asked, and it lapses.

The database's clock cannot be moved: what is set for later is made due behind the bot's back.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.town import DANA, HELEN, MARIA, Town, a_town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path) as town:
        yield town


async def test_a_request_that_nobody_decides_is_asked_for_again_and_then_lapses(town: Town) -> None:
    slack = town.slack
    card = await town.requested(DANA, "Ada Finch")
    assert "If nobody decides" in slack.text_of(await town.said(DANA, "the request lapses"))

    due(town, "remind")
    reminder = await town.said(MARIA, "Reminder: Dana Whitlock waits for your decision")
    assert "Ada Finch" in slack.text_of(reminder)  # what its buttons decide on stands there
    due(town, "escalate")
    asked = await town.said(HELEN, "Ada Finch")
    await slack.until(lambda: "Helen Brandt" in slack.text_of(town.now(card)))
    stale = card.copy()
    due(town, "lapse")
    for who in (DANA, MARIA, HELEN):
        await town.said(who, "Nobody decided in the district’s time")
    await slack.until(lambda: not any(town.labels(one) for one in (card, reminder, asked)))

    await slack.presses(MARIA, stale, label="Approve")
    await slack.until(lambda: "Nobody answered in the district's time. Nothing was changed." in town.told(MARIA))

    await town.quiet()
    assert "Ada Finch" not in slack.text_of(town.now(reminder))
    assert town.doubled() == []
    assert town.rows("SELECT status FROM requests") == [("lapsed",)]
    assert town.rows("SELECT what FROM record ORDER BY number") == [("sent",), ("reminded",), ("escalated",), ("lapsed",)]


async def test_what_lapsed_is_asked_for_again_with_a_button(town: Town) -> None:
    slack = town.slack
    await town.requested(DANA, "Ada Finch")
    due(town, "lapse")

    await slack.presses(DANA, await town.said(DANA, "ask again: the form is filled in as before"), label="Ask again")
    form = await slack.until(lambda: view if (view := slack.modal(DANA)) and view.callback_id == "renew" else None)
    sent = await slack.submits(DANA, form, {"unavailable": ["yes"]})  # all else stands there, as it was sent before

    assert sent.errors == {}
    again = await town.said(MARIA, "renews an earlier request")
    assert "Ada Finch" in slack.text_of(again)
    assert town.labels(again)[:2] == ["Approve", "Deny"]
    assert town.rows("SELECT status FROM requests ORDER BY number") == [("lapsed",), ("pending",)]


def due(town: Town, kind: str) -> None:
    """Let the timer's moment come."""
    with closing(sqlite3.connect(town.served.folder / "served.db", timeout=10)) as database, database:
        changed = database.execute(
            "UPDATE outbox SET available_at = '2000-01-01 00:00:00.000000' WHERE kind = ? AND done_at IS NULL", (kind,)
        )
        assert changed.rowcount == 1
