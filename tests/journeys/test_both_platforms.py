"""Slack and Teams in one process, over the real thing: asked on one and decided on the other, and neither waits for the other."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.journeys import test_slack as on_slack
from tests.journeys.teams_story import DISTRICT, FORM, QUESTION, SENT, Story
from tests.loopback.slack import LoopbackSlack
from tests.loopback.teams import LoopbackTeams
from tests.served import CAST as PEOPLE
from tests.served import SLACK_IDS, Served

pytestmark = pytest.mark.asyncio(loop_scope="module")
IN_TEAMS = ("maria", "lee", "helen")
OWN = "lee.santos@maplegrove.example,Lee Santos,staff,Maple Grove High School,"  # his supervisor is somebody in Slack
NGOZI = "ngozi.okafor@maplegrove.example,Ngozi Okafor,{},Maple Grove High School,maria.ortiz@maplegrove.example,,,,"


@dataclass
class Both:
    """A workspace and a tenant, and the one process that serves them."""

    slack: LoopbackSlack
    story: Story


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Both]:
    folder = tmp_path_factory.mktemp("both")
    async with LoopbackSlack() as slack, LoopbackTeams() as teams:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        ids = {name: (teams.tenant, teams.person(name, name=name.title()).aad_object_id) for name in IN_TEAMS}
        at_slack = {name: user for name, user in SLACK_IDS.items() if name not in IN_TEAMS}
        cast = PEOPLE.read_text().replace(f"{OWN}maria.ortiz", f"{OWN}ngozi.okafor")
        cast = f"{cast.rstrip()}\n{NGOZI.format('supervisor')}\n"
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(folder, DISTRICT, teams.settings() | keys, teams=ids, slack=at_slack, cast=cast) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            teams.app_url = f"http://127.0.0.1:{served.port}/api/messages"
            for name in IN_TEAMS:
                await teams.installs(name)
            yield Both(slack, Story(teams, served, folder))


@pytest_asyncio.fixture(loop_scope="module")
async def both(town: Both) -> Both:
    await town.story.rests()
    return town


async def test_a_teacher_in_slack_and_a_principal_in_teams(both: Both) -> None:
    slack, story = both.slack, both.story
    await slack.presses("UDANA", await on_slack.asked(slack), label="Ask for approval")
    sent = await slack.submits("UDANA", await slack.until(lambda: slack.modal("UDANA")), on_slack.FORM)
    assert sent.errors == {}

    card = await story.said("maria", "Dana Whitlock asks for your decision")
    assert slack.answers("UMARIA") == []
    await story.teams.presses("maria", card, "Approve")

    outcome = await on_slack.until_said(slack, "UDANA", "You may go ahead")
    assert "Personal phone number" in slack.text_of(outcome)
    await story.teams.until(lambda: story.labels(card) == ["Revoke"])


async def test_a_teacher_in_teams_and_a_principal_in_slack(both: Both) -> None:
    slack, story = both.slack, both.story
    await story.sent("lee")

    card = (await slack.until(lambda: slack.answers("UNGOZI")))[0]
    await slack.presses("UNGOZI", card, label="Deny")
    form = await slack.until(lambda: slack.modal("UNGOZI"))
    await slack.submits("UNGOZI", form, {"reason": "The team has an app for that"})

    assert "The team has an app for that" in story.teams.text_of(await story.said("lee", "Denied by"))


async def test_teams_answers_while_slack_is_away(both: Both) -> None:
    both.slack.fail("*", times=10_000, drop="before")
    began = time.monotonic()

    answer = await both.story.asked(who="lee")
    await both.story.teams.presses("lee", answer, "Ask for approval")
    await both.story.teams.presses("lee", answer, data=SENT, filled=FORM)
    await both.story.said("lee", "Your request: ")

    assert time.monotonic() - began < 5
    both.slack.heals()


async def test_slack_is_acknowledged_while_nobody_gives_teams_a_token(both: Both) -> None:
    """The token endpoint hangs for six seconds, from when the process starts."""
    slack, teams, served = both.slack, both.story.teams, both.story.served
    await served.stop()
    slow = teams.fail("token", times=100, delay=6)
    starting = asyncio.create_task(served.start())
    await teams.until(lambda: slow.met)

    first = await slack.says("UDANA", QUESTION)  # the first question of a process reads what it takes to understand one
    acks = [await slack.says("UDANA", f"{QUESTION} {'Really? ' * number}") for number in range(3)]
    began = time.monotonic()
    asked = await teams.says("maria", QUESTION)

    assert {one.status for one in (first, *acks)} == {asked.status} == {200}
    assert first.seconds < 3
    assert max(one.seconds for one in acks) < 1
    assert slow.met == 1
    assert time.monotonic() - began < 10
    teams.heals()
    await starting
    await both.story.said("maria", "approval", patience=30)
