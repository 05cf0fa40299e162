"""Somebody whom the directory does not know by account writes; an administrator confirms who it is; from then on she is served."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.slack import LoopbackSlack
from tests.served import SLACK_IDS, Served

NOOR = "noor.haddad@maplegrove.example"
LINE = f"{NOOR},Noor Haddad,staff,Maple Grove High School,maria.ortiz@maplegrove.example,,,,\n"
QUESTION = "Can I text my players from my own phone?"


@pytest.fixture
async def slack() -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        slack.user("UNOOR", name="Noor Haddad")
        yield slack


@pytest.fixture
async def served(slack: LoopbackSlack, tmp_path: Path) -> AsyncIterator[Served]:
    keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
    async with Served(tmp_path, "west-st-francois-r4", keys) as served:
        slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
        with (tmp_path / "people.csv").open("a", encoding="utf-8") as file:
            file.write(LINE)
        assert await served.runs("people", "import", "people.csv") == 0
        yield served


async def told(slack: LoopbackSlack, user: str, number: int) -> str:
    """What the bot says to this person for the so-manieth time."""
    return slack.text_of((await slack.until(lambda: slack.answers(user)[number - 1 :]))[0])


async def test_whom_the_mail_names_is_proposed_then_confirmed_then_served(slack: LoopbackSlack, served: Served) -> None:
    await slack.says("UNOOR", QUESTION)
    first = await told(slack, "UNOOR", 1)
    assert "Your work e-mail is that of Noor Haddad" in first
    assert f"hallpass people bind {NOOR}" in first

    await slack.commands("UNOOR", "/hallpass", f"ask {QUESTION}")
    assert "is that of Noor Haddad" in await told(slack, "UNOOR", 2)

    assert await served.runs("people", "bind", NOOR) == 0
    await slack.says("UNOOR", QUESTION)
    assert "approval" in await told(slack, "UNOOR", 3)
    assert await served.runs("people", "import", "people.csv") == 0
    await slack.says("UNOOR", "Can I text parents?")
    assert "I do not know you yet." not in await told(slack, "UNOOR", 4)


@pytest.mark.parametrize("flags", [{"is_restricted": True}, {"confirmed": False}, {"team_id": "T9"}], ids=["guest", "unconfirmed", "other"])
async def test_a_guest_an_unconfirmed_mail_and_another_workspace_propose_nobody(
    slack: LoopbackSlack, served: Served, flags: dict[str, Any]
) -> None:
    slack.user("UNOOR", name="Noor Haddad", **flags)

    await slack.says("UNOOR", QUESTION)

    assert "Your account is not in the district's staff directory" in await told(slack, "UNOOR", 1)
    assert await served.runs("people", "bind", NOOR) == 1
