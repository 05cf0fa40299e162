"""Helpful or not, in Slack: pressed under a real answer, asked why in a modal, kept, and listed for whoever looks after the pack."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_slack import DANA, LEE, QUESTION, asked, opened, playing, until_said
from tests.loopback.slack import LoopbackSlack
from tests.served import SECRET


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for slack in playing(tmp_path, "http"):
        yield slack


def kept(folder: Path) -> list[tuple[Any, ...]]:
    """What the database holds of it; words are sealed there."""
    with sqlite3.connect(f"file:{folder}/served.db?mode=ro", uri=True) as database:
        return database.execute("SELECT helpful, substr(words, 1, 8) FROM feedback").fetchall()


async def test_an_answer_that_helped(slack: LoopbackSlack, tmp_path: Path) -> None:
    answer = await asked(slack)

    await slack.presses(DANA, answer, label="Helpful")

    thanks = await until_said(slack, DANA, "Thank you.")
    assert thanks.thread_ts == answer.thread_ts
    assert kept(tmp_path) == [(1, "")]
    assert "Helpful" in [label for label, _, _ in slack.buttons(slack.message(answer.channel, answer.ts))]  # a mind may change


async def test_an_answer_that_did_not_help_and_why(slack: LoopbackSlack, tmp_path: Path) -> None:
    answer = await asked(slack)

    await slack.presses(DANA, answer, label="Not helpful")
    form = await opened(slack, "unhelpful")
    assert kept(tmp_path) == [(0, "")]
    assert "No student's name should stand in them" in slack.text_of(form)
    assert "superintendent or designee (district setting)" in slack.text_of(form)

    sent = await slack.submits(DANA, form, {"what": "Which phone counts as my own?"})
    assert sent.errors == {}
    assert "Thank you." in slack.text_of(await slack.until(lambda: slack.modal(DANA)))
    assert kept(tmp_path) == [(0, "sealed1:")]
    assert [one["words"] for one in listed(tmp_path)] == ["Which phone counts as my own?"]


async def test_the_form_may_be_sent_with_nothing_in_it(slack: LoopbackSlack, tmp_path: Path) -> None:
    await slack.presses(DANA, await asked(slack), label="Not helpful")

    sent = await slack.submits(DANA, await opened(slack, "unhelpful"), {})

    assert sent.errors == {}
    assert kept(tmp_path) == [(0, "")]


async def test_a_bystander_in_the_channel_judges_nothing(slack: LoopbackSlack, tmp_path: Path) -> None:
    slack.channel("C1", name="coaches", members=(DANA, LEE))
    await slack.mentions(DANA, "C1", f"<@{slack.bot_user}> {QUESTION}")
    answer = (await slack.until(lambda: slack.answers(DANA, "C1")))[0]

    await slack.presses(LEE, answer, label="Not helpful")

    told = (await slack.until(lambda: slack.whispers(LEE)))[-1]
    assert "I cannot find that for you." in slack.text_of(told)
    assert kept(tmp_path) == []


async def test_whoever_looks_after_the_pack_reads_it(tmp_path: Path) -> None:
    async for slack in playing(tmp_path, "http"):
        answer = await asked(slack)
        await slack.presses(DANA, answer, label="Not helpful")
        await slack.submits(DANA, await opened(slack, "unhelpful"), {"what": "Which phone?"})

    assert [one["words"] for one in listed(tmp_path)] == ["Which phone?"]


def listed(folder: Path) -> list[dict[str, Any]]:
    """What the command prints beside the bot."""
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "answers", "list", "--json", "--unhelpful"],
        cwd=folder,
        env={
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "DATABASE_URL": "sqlite:///served.db",
            "HALLPASS_SECRET_KEY": SECRET,
            "HALLPASS_DISTRICT": "west-st-francois-r4",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    assert "turns" not in found[0]
    return found
