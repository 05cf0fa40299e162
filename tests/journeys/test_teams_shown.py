"""What Teams shows beside a card: clauses behind an answer's markers, stale cards drawn anew, and words that one person alone sees."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.test_teams import asked, playing, requested
from tests.loopback.teams import LoopbackTeams
from tests.loopback.teams.records import Json, Message


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[LoopbackTeams]:
    async with playing(tmp_path) as (loopback, _):
        loopback.group("staff", members=("dana", "maria", "lee"))
        yield loopback


def labels(teams: LoopbackTeams, message: Message, person: str) -> list[str]:
    return [label for label, _, _ in teams.buttons(message, person)]


async def test_an_answer_shows_each_clause_behind_its_marker(teams: LoopbackTeams) -> None:
    answer = await asked(teams)

    (root,) = answer.activity["entities"]
    first = root["citation"][0]
    assert answer.text.startswith("Only with approval from ")
    assert "[1]" in answer.text  # the loopback holds markers against citations
    assert first["position"] == 1
    assert first["appearance"]["name"]
    assert first["appearance"]["abstract"]
    assert "additionalType" not in root  # people wrote it, and rules chose it


async def test_a_card_that_asks_for_something_cites_nothing(teams: LoopbackTeams) -> None:
    card = await requested(teams)

    assert "entities" not in card.activity


async def test_a_stale_card_draws_itself_anew_for_its_reader(teams: LoopbackTeams) -> None:
    card = await requested(teams)
    mine = (await teams.until(lambda: [one for one in teams.answers("dana") if "Withdraw" in labels(teams, one, "dana")]))[-1]
    teams.fail("update", times=99, status=502)

    await teams.presses("dana", mine, verb="withdraw")
    await teams.refreshes("maria", card)

    assert labels(teams, card, "maria") == []
    assert "withdrawn" in teams.text_of(card, "maria").casefold()


async def test_a_card_that_is_still_open_stays_so_and_asks_again_later(teams: LoopbackTeams) -> None:
    card = await requested(teams)
    before = labels(teams, card, "maria")

    await teams.refreshes("maria", card)

    (view,) = card.seen_by("maria")
    assert labels(teams, card, "maria") == before
    assert view["refresh"]["userIds"] == [teams.people["maria"].mri]
    assert teams.toasts == {}


async def test_a_card_is_drawn_anew_for_nobody_else(teams: LoopbackTeams) -> None:
    card = await requested(teams)
    asks = card.cards[0]["refresh"]["action"]

    shown = await _forged(teams, "lee", asks)
    nothing = await _forged(teams, "lee", {**asks, "data": {"id": "anything"}})

    assert "This is no longer with you." in str(shown["value"]["body"][0])
    assert "Ada Finch" not in str(shown)
    assert "I do not know that button." in str(nothing["value"]["body"][0])


async def _forged(teams: LoopbackTeams, person: str, action: Json) -> Json:
    value = {"action": action, "trigger": "automatic"}
    told = teams.invoke("adaptiveCard/action", person, teams.personal(person), None, value, "1")
    body: Json = (await teams.deliver(told)).body
    return body


async def test_somebody_unknown_is_told_so_in_the_place_of_a_card(teams: LoopbackTeams) -> None:
    asks = (await requested(teams)).cards[0]["refresh"]["action"]
    teams.person("pat", name="Pat Doe")

    shown = await _forged(teams, "pat", asks)

    assert "directory" in str(shown["value"]["body"])


async def test_plain_words_in_a_group_are_for_whoever_asked(teams: LoopbackTeams) -> None:
    await teams.says("lee", "mine", "staff")

    (aside,) = await teams.until(lambda: teams.whispers("lee"))
    assert aside in teams.answers("lee", "staff")
    assert teams.answers("dana", "staff") == []


async def test_where_nobody_can_be_told_aside_it_is_said_in_their_own_chat_and_not_tried_again(teams: LoopbackTeams) -> None:
    refused = teams.fail("send", times=9, status=400, code="BadArgument", place="staff")

    for _ in range(2):
        await teams.says("lee", "mine", "staff")
    await teams.until(lambda: len([one for one in teams.answers("lee") if "requests" in teams.text_of(one)]) > 1)

    assert refused.met == 1
    assert teams.answers("lee", "staff") == []


async def test_what_may_name_students_stays_in_ones_own_chat(teams: LoopbackTeams) -> None:
    await requested(teams)
    before = len(teams.answers("dana"))

    await teams.says("dana", "mine", "staff")

    await teams.until(lambda: len(teams.answers("dana")) > before)
    assert teams.answers("dana", "staff") == []
