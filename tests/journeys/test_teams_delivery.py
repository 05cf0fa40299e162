"""Delivery to and from Teams, over the real process: the same thing thrice, faults of every kind, late answers, kills in between."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys.teams_story import FORM, QUESTION, TWO_STAGE_FORM, TWO_STAGES, Story, a_story

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Story]:
    async with a_story(tmp_path_factory.mktemp("delivery")) as one:
        one.teams.group("coaches", members=("dana", "lee"))
        yield one


@pytest_asyncio.fixture(loop_scope="module")
async def story(town: Story) -> Story:
    return await town.rests()


# ── in ──


async def test_what_is_delivered_three_times_is_answered_once(story: Story) -> None:
    teams = story.teams
    for words, answer in ((QUESTION, "approval"), ("inbox", "Nothing waits"), ("help", "What I can do"), ("request", "What would you")):
        story.begins()
        said = await teams.says("ngozi", words)
        await teams.again(said, 2, at_once=True)
        await story.said("ngozi", answer)
        await teams.again(said)
        await asyncio.sleep(0.2)  # time for a second copy to come
        assert len(story.answers("ngozi")) == 1, words


async def test_a_form_that_is_delivered_three_times_is_one_request(story: Story) -> None:
    teams = story.teams
    sent = await story.sent()
    answers = await teams.again(sent, 2, at_once=True)
    card = await story.said("maria", "asks for your decision")
    assert {str(one.body) for one in answers} == {str(sent.body)}

    pressed = await teams.presses("maria", card, "Approve")
    await teams.again(pressed, 2, at_once=True)
    await story.said("dana", "You may go ahead")

    assert len([one for one in story.answers("maria") if "asks for your decision" in one.summary]) <= 1
    assert len([one for one in story.answers("dana") if "You may go ahead" in teams.text_of(one)]) == 1


async def test_a_slow_answer_shows_that_it_is_being_worked_on(story: Story) -> None:
    teams = story.teams
    teams.fail("send", delay=1.5, place="dana")

    await teams.says("dana", QUESTION)

    assert teams.typing == ["dana"]
    assert len(story.answers("dana")) == 1


# ── out ──


async def test_an_answer_gets_through_whatever_teams_says_at_first(story: Story) -> None:
    teams = story.teams
    for fault in ({"status": 429, "retry_after": 1}, {"status": 502}, {"drop": "before"}):
        teams.fail("send", place="dana", **fault)

    await story.asked()

    assert len(story.answers("dana")) == 1


async def test_cards_get_through_whatever_teams_says_at_first(story: Story) -> None:
    """Five readers, each of whose first cards meets another fault."""
    teams = story.teams
    own_phone, two_stages = await story.asked(), await story.asked(TWO_STAGES, "lee")
    faults = {
        "maria": {"status": 429, "retry_after": 1},
        "dana": {"status": 412},
        "lee": {"status": 502},
        "ngozi": {"status": 504},
        "ravi": {"drop": "before"},
    }
    planned = [teams.fail("send", place=who, **fault) for who, fault in faults.items()]  # type: ignore[arg-type]

    await story.form("dana", own_phone, "Ask for approval", **FORM)
    await story.form("lee", two_stages, "Ask for approval", **TWO_STAGE_FORM)
    for_phone, for_both = [await story.said("maria", words) for words in ("Personal phone number", "outside what the district")]
    await story.form("maria", for_phone, "Ask somebody else to decide", person="Ngozi Okafor", reason="I am away")
    await teams.presses("maria", for_both, "Approve")

    for who in ("ngozi", "ravi"):
        await story.said(who, "asks for your decision")
        assert len(story.answers(who)) == 1
    for who in ("dana", "lee"):
        await story.said(who, "Your request: ")
    assert [fault.met for fault in planned] == [1] * len(faults)


async def test_what_one_person_is_told_of_a_request_keeps_its_order(story: Story) -> None:
    teams = story.teams
    card = await story.requested("lee")
    await story.said("lee", "Your request: ")
    teams.fail("send", times=1, status=503, place="lee")

    await teams.presses("maria", card, "Approve")

    await story.said("lee", "To do:", patience=40)
    titles = [teams.text_of(one).partition(" ")[0] for one in story.answers("lee")][1:]
    assert titles == ["Your", "Approved:", "To"]


async def test_a_card_that_teams_took_and_never_said_so_is_there(story: Story) -> None:
    """Twice is better than never: Teams cannot be asked."""
    story.teams.fail("send", place="maria", drop="after")

    await story.sent()

    await story.teams.until(lambda: len([one for one in story.answers("maria") if "Ada Finch" in story.teams.text_of(one)]) == 2)
    card = await story.said("maria", "asks for your decision")
    await story.teams.presses("maria", card, "Approve")
    await story.said("dana", "You may go ahead")


async def test_the_edit_fails_after_a_decision_and_the_decision_stands(story: Story) -> None:
    teams = story.teams
    card = await story.requested()
    stale = card.copy()
    edit = teams.fail("update", status=502, place="maria")

    await teams.presses("maria", card, "Approve")

    assert story.toast("maria").startswith("Approved.")
    await story.said("dana", "You may go ahead")
    await teams.presses("maria", stale, "Deny")
    assert "already answered" in story.toast("maria")
    await teams.until(lambda: story.labels(card) == ["Revoke"])
    assert edit.met == 1
    assert "Denied" not in story.told("dana")


async def test_a_conversation_that_is_gone_is_opened_anew(story: Story) -> None:
    teams = story.teams
    teams.personal("ngozi").id = "a:1another"
    card = await story.requested()

    await story.form("maria", card, "Ask somebody else to decide", person="Ngozi Okafor", reason="I am away")

    await teams.presses("ngozi", await story.said("ngozi", "asks for your decision"), "Approve")
    await story.said("dana", "You may go ahead")


async def test_a_card_that_was_deleted_is_posted_afresh_where_it_can_be_pressed(story: Story) -> None:
    teams = story.teams
    card = await story.requested()
    own = await story.said("dana", "Your request: ")
    own.deleted = True

    await teams.presses("maria", card, "Approve")

    afresh = await story.said("dana", "Your request: ")
    assert afresh.id != own.id
    assert "Renew" in story.labels(afresh)
    assert await story.served.runs("outbox", "retry", "1") == 1  # nothing was given up


# ── kills ──


async def test_stopped_and_killed_in_between_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """Each time Teams is away while the decision falls, and so are we."""
    async with a_story(tmp_path) as story:
        teams = story.teams
        for sign in (signal.SIGTERM, signal.SIGKILL):
            card = await story.begins().requested()
            await story.settles()  # killed before that, it would come twice: nobody can look into Teams
            teams.fail("*", times=10_000, status=503)
            pressed = await teams.presses("maria", card, "Approve")
            assert pressed.status == 200
            await story.served.stop(sign)
            teams.heals()
            await story.served.start()

            await teams.again(pressed)
            await story.said("dana", "You may go ahead", patience=40)
            await teams.until(lambda: story.labels(card) == ["Revoke"])  # noqa: B023  # looked at at once
            assert len([one for one in story.answers("dana") if "You may go ahead" in teams.text_of(one)]) == 1
