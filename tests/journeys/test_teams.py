"""The whole story in Teams, over the real process, the real botbuilder and a loopback Teams of our own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.loopback.teams import LoopbackTeams
from tests.loopback.teams.records import Message
from tests.served import SLACK_IDS, Served

QUESTION = "Can I text my players from my own phone?"
FORM = {
    "students": "Ada Finch",
    "activity": "Varsity soccer",
    "channel": "text messages",
    "reason": "Bus times change on the way",
    "unavailable": "yes",
}
CAST = tuple(SLACK_IDS)


@asynccontextmanager
async def playing(folder: Path, *, installed: tuple[str, ...] = CAST, **more: str) -> AsyncIterator[tuple[LoopbackTeams, Served]]:
    """A district whose people are in Teams, with the app installed for some."""
    async with LoopbackTeams() as teams:
        ids = {name: (teams.tenant, teams.person(name, name=name.title()).aad_object_id) for name in CAST}
        async with Served(folder, "west-st-francois-r4", teams.settings() | more, teams=ids) as served:
            teams.app_url = f"http://127.0.0.1:{served.port}/api/messages"
            for name in installed:
                await teams.installs(name)
            yield teams, served


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[LoopbackTeams]:
    async with playing(tmp_path) as (loopback, _):
        yield loopback


async def asked(teams: LoopbackTeams, words: str = QUESTION) -> Message:
    await teams.says("dana", words)
    return await until_said(teams, "dana", "approval")


async def until_said(teams: LoopbackTeams, person: str, words: str) -> Message:
    """The newest message to this person that says so, once it is there."""
    return (await teams.until(lambda: [one for one in teams.answers(person) if words in teams.text_of(one, person)], timeout=15))[-1]


async def requested(teams: LoopbackTeams) -> Message:
    """Dana asks for her supervisor's approval; return the card that Maria gets."""
    answer = await asked(teams)
    await teams.presses("dana", answer, "Ask for approval")
    sent = await teams.presses("dana", answer, "Send request", filled=FORM)
    assert sent.errors == {}
    return await until_said(teams, "maria", "asks for your decision")


async def test_a_question_is_answered_where_it_was_asked(teams: LoopbackTeams) -> None:
    answer = await asked(teams)

    assert "supervisor" in teams.text_of(answer)
    assert ("Ask for approval", "request") in [(label, verb) for label, verb, _ in teams.buttons(answer)]


@pytest.mark.walks("W5")
async def test_a_request_is_approved_and_everybody_hears_of_it(teams: LoopbackTeams) -> None:
    card = await requested(teams)
    assert "Ada Finch" in teams.text_of(card, "maria")
    assert "as soon as it is decided" in "".join(teams.text_of(one, "dana") for one in teams.answers("dana"))

    await teams.presses("maria", card, "Approve")
    outcome = await until_said(teams, "dana", "Approved: ")

    await teams.until(lambda: "Approve" not in [label for label, _, _ in teams.buttons(card, "maria")])
    assert "You may go ahead" in teams.text_of(outcome)


async def test_denying_asks_for_a_reason_and_tells_it(teams: LoopbackTeams) -> None:
    card = await requested(teams)

    await teams.presses("maria", card, "Deny")
    empty = await teams.presses("maria", card, "Deny", data={"form": "sent"}, filled={"reason": "   "})
    assert "reason" in teams.inputs(card, "maria")
    await teams.presses("maria", card, "Deny", data={"form": "sent"}, filled={"reason": "The team has an app for that"})

    denied = await until_said(teams, "dana", "Denied by")
    assert "The team has an app for that" in teams.text_of(denied)
    assert empty.status == 200
