"""Slack's agent view by the real process: what a workspace sees whose plan has it, and that one without it misses nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys.test_slack import DANA, FORM, MARIA, QUESTION, asked, opened, playing, until_said
from tests.journeys.test_slack_forms import held
from tests.loopback.slack import LoopbackSlack, Message
from tests.town import Town, a_town

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMED = "Can I text Ada Finch's team from my own phone?"


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["http", "socket"])
async def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A workspace whose plan has the agent view; the stories follow one another in it."""
    async with a_town(tmp_path_factory.mktemp("agent"), request.param) as town:
        town.slack.no_agent_view = ""
        yield town


@pytest_asyncio.fixture(loop_scope="module")
async def slack(town: Town) -> LoopbackSlack:
    """The workspace with nothing said in it yet."""
    slack = town.slack
    await town.quiet(0.2)
    for kept in (slack.calls, slack.messages, slack.titles, slack.prompts, slack.statuses, slack.modals):
        kept.clear()
    return slack


@pytest_asyncio.fixture(loop_scope="module")
async def plain(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    """A workspace without it; tests/adapters has the other ways in which Slack says so."""
    async for slack in playing(tmp_path, "http"):
        yield slack


async def greeted(slack: LoopbackSlack) -> list[dict[str, str]]:
    """Dana opens the bot's messages; return what she is offered to ask."""
    await slack.opens_home(DANA, tab="messages")
    return await slack.until(lambda: slack.prompts.get((slack.im_with(DANA).id, "")))


def streamed(slack: LoopbackSlack) -> list[str]:
    return [one.method for one in slack.calls if one.method.endswith("Stream")]


async def test_whoever_opens_it_is_offered_what_to_ask_and_each_of_it_is_answered(slack: LoopbackSlack) -> None:
    prompts = await greeted(slack)
    assert 1 <= len(prompts) <= 4

    for prompt in prompts:
        before = len(slack.answers(DANA))
        await slack.says(DANA, prompt["message"])
        answer = (await slack.until(lambda: slack.answers(DANA)[before:]))[0]  # noqa: B023  # looked at at once
        assert "I did not understand" not in slack.text_of(answer) + answer.text


async def test_an_answer_is_streamed_and_its_button_opens_the_form(slack: LoopbackSlack) -> None:
    await greeted(slack)

    answer = await whole(slack, QUESTION)
    assert "approval" in answer.text
    assert streamed(slack) == ["chat.startStream", "chat.stopStream"]

    await slack.presses(DANA, answer, label="Ask for approval")
    sent = await slack.submits(DANA, await opened(slack, "request"), FORM)
    assert sent.errors == {}
    assert "Ada Finch" in slack.text_of((await slack.until(lambda: slack.answers(MARIA)))[0])


async def whole(slack: LoopbackSlack, words: str) -> Message:
    """The answer to it, once nothing more is added."""
    before = len(slack.answers(DANA))
    await slack.says(DANA, words)
    return (await slack.until(lambda: [one for one in slack.answers(DANA)[before:] if not one.streaming]))[0]


async def test_the_conversations_title_is_the_verdict_and_none_of_the_persons_words(slack: LoopbackSlack) -> None:
    await slack.says(DANA, NAMED)

    title = (await slack.until(lambda: list(slack.titles.values())))[0]

    assert "approval" in title
    assert "Ada" not in title


async def test_a_delivery_that_comes_three_times_is_streamed_once(slack: LoopbackSlack) -> None:
    await greeted(slack)
    said = await slack.says(DANA, QUESTION)
    await slack.again(said, 2, at_once=True)
    there = said.payload["event"]["ts"]
    await slack.until(lambda: [one for one in slack.answers(DANA) if one.thread_ts == there and slack.buttons(one)])
    await slack.again(said, 2)

    await whole(slack, "Can I text parents?")
    assert len([one for one in slack.answers(DANA) if one.thread_ts == there]) == 1


async def test_a_status_is_shown_while_an_answer_takes_its_time(slack: LoopbackSlack, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack, "retry_after", ())  # it is not kept yet, and Slack would bring it again
    with held(town.served.folder):
        await slack.says(DANA, QUESTION)
        (status,) = await slack.until(lambda: [said for said in slack.statuses.values() if said])
        assert "policy" in status

    await slack.until(lambda: slack.answers(DANA))
    await slack.until(lambda: not any(slack.statuses.values()))


async def test_without_it_everything_is_as_it_was(plain: LoopbackSlack) -> None:
    slack = plain
    await slack.opens_home(DANA, tab="messages")

    answer = await asked(slack)
    await slack.until(lambda: slack.calls_of("assistant.threads.setTitle"))
    await slack.says(DANA, "What about parents?")
    await slack.until(lambda: slack.answers(DANA)[1:])
    await slack.presses(DANA, answer, label="Ask for approval")
    await slack.submits(DANA, await opened(slack, "request"), FORM)
    card = (await slack.until(lambda: slack.answers(MARIA)))[0]
    await slack.presses(MARIA, card, label="Approve")
    await until_said(slack, DANA, "You may go ahead")

    assert streamed(slack) == []
    assert len(slack.calls_of("assistant.threads.setTitle")) == 1  # and then it is remembered
    assert (slack.titles, slack.prompts, slack.statuses) == ({}, {}, {})


async def test_a_plan_that_ends_in_the_middle_loses_no_answer_and_this_story_is_the_last(slack: LoopbackSlack) -> None:
    await greeted(slack)
    slack.no_agent_view = "not_allowed"

    answer = await asked(slack)

    assert slack.buttons(answer)
    assert streamed(slack) == ["chat.startStream"]
