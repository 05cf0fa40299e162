"""The agent view of a workspace, learnt by trying; and answers that begin to show before they are whole, each of them once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters import patience
from adapters.slack import agent, stream
from adapters.slack.chat import SlackChat
from adapters.slack.place import Place
from handlers.actions import Request
from handlers.cards import Button, Card, Text
from handlers.ids import AnswerId
from storage.work import open_store
from tests.loopback.slack import LoopbackSlack, Message
from tests.samples import NOON

TITLE = "Only with approval from your supervisor."
CARD = Card(TITLE, (Text("It has to serve a class."),), (Button("Ask for approval", Request(AnswerId("a1"))),))
PROMPTS = (("Texting", "Can I text?"), ("Help", "help"))
SAYINGS = ("chat.postMessage", "chat.startStream", "chat.stopStream", "chat.update")

Life = Callable[[], Awaitable[SlackChat]]


@pytest.fixture
async def slack() -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack() as slack:
        slack.user("UDANA", name="Dana Whitlock")
        slack.subscribed = frozenset()
        slack.no_agent_view = ""
        yield slack


@pytest.fixture
async def another_life(slack: LoopbackSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Life]:
    """A bot that has just started, with the database of the lives before."""
    monkeypatch.setattr(patience, "WAITS", (0.01,) * 5)
    store = await open_store(f"sqlite:///{tmp_path / 'agent.db'}", lambda: NOON)
    async with aiohttp.ClientSession() as session:

        async def begin() -> SlackChat:
            return SlackChat(AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[]), store)

        yield begin
    await store.close()


@pytest.fixture
async def chat(slack: LoopbackSlack, another_life: Life) -> SlackChat:
    """One that has seen the agent view."""
    chat = await another_life()
    await chat.agent.suggest(slack.im_with("UDANA").id, PROMPTS)
    return chat


@pytest.fixture
async def place(slack: LoopbackSlack) -> Place:
    """The thread of a question."""
    await slack.says("UDANA", "Can I text my players?")
    asked = slack.dm("UDANA")[0]
    return Place(asked.channel, asked.ts)


def ways(slack: LoopbackSlack) -> list[str]:
    return [one.method for one in slack.calls if one.method in SAYINGS]


def the_answer(slack: LoopbackSlack) -> Message:
    (answer,) = slack.answers("UDANA")
    assert TITLE in slack.text_of(answer) or TITLE in answer.text
    assert "It has to serve a class." in slack.text_of(answer)
    assert [label for label, _, _ in slack.buttons(answer)] == ["Ask for approval"]
    assert not answer.streaming
    return answer


async def test_an_answer_shows_its_verdict_first_and_then_the_rest(slack: LoopbackSlack, chat: SlackChat, place: Place) -> None:
    await chat.say(place, CARD, "answer:a1", "UDANA")
    await chat.say(place, CARD, "answer:a1", "UDANA")

    answer = the_answer(slack)
    assert answer.text == f"**{TITLE}**"
    assert (answer.thread_ts, slack.metadata_of(answer)) == (place.thread, {"key": "answer:a1"})
    assert ways(slack) == ["chat.startStream", "chat.stopStream"]


async def test_an_answer_comes_in_one_piece_until_the_view_was_seen(slack: LoopbackSlack, another_life: Life, place: Place) -> None:
    chat = await another_life()

    await chat.say(place, CARD, "answer:a1", "UDANA")
    await chat.agent.entitle(place, TITLE)

    the_answer(slack)
    assert ways(slack) == ["chat.postMessage"]
    assert slack.titles == {(place.channel, place.thread): TITLE}
    assert chat.agent.may_stream


@pytest.mark.parametrize("word", ["feature_not_enabled", "not_allowed", "missing_scope", "unknown_method", "paid_teams_only"])
async def test_where_streaming_is_refused_the_answer_is_posted_and_it_is_not_tried_again(
    slack: LoopbackSlack, chat: SlackChat, place: Place, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    slack.no_agent_view = word

    await chat.say(place, CARD, "answer:a1", "UDANA")
    the_answer(slack)
    await chat.say(place, CARD, "answer:a2", "UDANA")

    assert ways(slack) == ["chat.startStream", "chat.postMessage", "chat.postMessage"]
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


async def test_it_is_tried_again_after_a_while(
    slack: LoopbackSlack, chat: SlackChat, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent, "A_WHILE", 0.05)
    slack.no_agent_view = "feature_not_enabled"
    await chat.say(place, CARD, "answer:a1", "UDANA")
    slack.no_agent_view = ""

    await asyncio.sleep(0.1)
    await chat.say(place, CARD, "answer:a2", "UDANA")

    assert ways(slack)[-2:] == ["chat.startStream", "chat.stopStream"]


async def test_a_refusal_about_one_place_says_nothing_about_the_others(slack: LoopbackSlack, chat: SlackChat, place: Place) -> None:
    slack.fail("chat.startStream", error="thread_not_found")
    await chat.say(place, CARD, "answer:a1", "UDANA")

    assert chat.agent.may_stream
    the_answer(slack)


async def test_too_many_at_once_are_posted_and_nobody_waits(slack: LoopbackSlack, chat: SlackChat, place: Place) -> None:
    slack.fail("chat.startStream", status=429, retry_after=30)

    async with asyncio.timeout(2):
        await chat.say(place, CARD, "answer:a1", "UDANA")

    the_answer(slack)
    assert not chat.agent.may_stream


async def test_only_so_many_a_minute_are_streamed(
    slack: LoopbackSlack, chat: SlackChat, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(stream.IN_A_MINUTE + 1):
        await chat.say(place, CARD, f"answer:{number}", "UDANA")

    assert ways(slack).count("chat.startStream") == stream.IN_A_MINUTE
    assert ways(slack)[-1] == "chat.postMessage"
    monkeypatch.setattr(stream, "MINUTE", 0.0)
    await chat.say(place, CARD, "answer:later", "UDANA")
    assert ways(slack)[-1] == "chat.stopStream"


@pytest.mark.parametrize("lost", ["before", "after"])
@pytest.mark.parametrize("method", ["chat.startStream", "chat.stopStream"])
async def test_whatever_is_lost_on_the_way_the_answer_stands_there_once(
    slack: LoopbackSlack, chat: SlackChat, place: Place, method: str, lost: str
) -> None:
    await chat.say(place, Card(TITLE, (Text("An earlier answer of the same verdict."),)), "answer:a0", "UDANA")
    slack.fail(method, drop=lost)  # type: ignore[arg-type]

    await chat.say(place, CARD, "answer:a1", "UDANA")

    earlier, answer = slack.answers("UDANA")
    assert "An earlier answer" in slack.text_of(earlier)
    assert "It has to serve a class." in slack.text_of(answer)
    assert slack.buttons(answer)
    assert not answer.streaming


async def test_an_earlier_answer_in_one_piece_is_not_taken_for_one_that_was_begun(
    slack: LoopbackSlack, another_life: Life, place: Place
) -> None:
    chat = await another_life()
    await chat.say(place, Card(TITLE, (Text("The earlier one."),)), "answer:a0", "UDANA")
    await chat.agent.suggest(place.channel, PROMPTS)
    slack.fail("chat.startStream", drop="before")

    await chat.say(place, CARD, "answer:a1", "UDANA")

    earlier, answer = slack.answers("UDANA")
    assert "The earlier one." in slack.text_of(earlier)
    assert "It has to serve a class." in slack.text_of(answer)


async def test_what_one_life_began_the_next_one_ends(slack: LoopbackSlack, chat: SlackChat, place: Place, another_life: Life) -> None:
    slack.fail("chat.stopStream", times=100, delay=5)
    dying = asyncio.create_task(chat.say(place, CARD, "answer:a1", "UDANA"))
    await slack.until(lambda: slack.answers("UDANA"))
    await asyncio.sleep(0.1)
    dying.cancel()
    slack.heals()

    await (await another_life()).say(place, CARD, "answer:a1", "UDANA")

    the_answer(slack)


async def test_a_message_that_is_gone_is_posted_anew(slack: LoopbackSlack, chat: SlackChat, place: Place) -> None:
    slack.fail("chat.stopStream", error="message_not_found")
    slack.fail("chat.update", error="message_not_found")

    await chat.say(place, CARD, "answer:a1", "UDANA")

    assert ways(slack)[-1] == "chat.postMessage"
    assert slack.buttons(slack.answers("UDANA")[-1])


@pytest.mark.parametrize(
    ("where", "title"),
    [
        (Place("C1", "1.2"), TITLE),  # others read there
        (None, "Is it *this*?"),  # would be read as markup
    ],
)
async def test_elsewhere_and_with_other_signs_an_answer_comes_in_one_piece(
    slack: LoopbackSlack, chat: SlackChat, place: Place, where: Place | None, title: str
) -> None:
    slack.channel("C1", members=("UDANA",))

    await chat.say(where or place, Card(title, CARD.blocks, CARD.buttons), "answer:a1", "UDANA")

    assert ways(slack) == ["chat.postMessage"]


async def test_prompts_stand_at_the_top_and_are_at_most_four(slack: LoopbackSlack, chat: SlackChat) -> None:
    channel = slack.im_with("UDANA").id

    await chat.agent.suggest(channel, [(f"Title {number}", f"Words {number}") for number in range(9)])

    assert [one["title"] for one in slack.prompts[channel, ""]] == ["Title 0", "Title 1", "Title 2", "Title 3"]


async def test_a_title_is_given_once_and_only_among_the_two_of_us(slack: LoopbackSlack, chat: SlackChat, place: Place) -> None:
    for elsewhere in (Place("C1", "1.2"), Place(place.channel), Place(place.channel, place.thread, live=True)):
        await chat.agent.entitle(elsewhere, TITLE)
    assert slack.titles == {}

    await chat.agent.entitle(place, "word " * 50)
    assert len(slack.titles[place.channel, place.thread]) <= agent.LONGEST_TITLE


async def test_a_status_shows_only_while_an_answer_is_awaited(slack: LoopbackSlack, chat: SlackChat, place: Place) -> None:
    answering = asyncio.get_running_loop().create_future()

    await chat.agent.while_reading(answering, place)
    assert slack.statuses == {(place.channel, place.thread): agent.READING}
    await chat.say(place, CARD, "answer:a1", "UDANA")
    assert slack.statuses == {}

    answering.set_result(None)
    await chat.agent.while_reading(answering, place)
    assert len(slack.calls_of(agent.STATUS)) == 1


async def test_a_status_that_comes_after_the_answer_is_taken_away(slack: LoopbackSlack, chat: SlackChat, place: Place) -> None:
    answering = asyncio.get_running_loop().create_future()
    slack.fail(agent.STATUS, delay=0.1)
    asyncio.get_running_loop().call_later(0.05, answering.set_result, None)

    await chat.agent.while_reading(answering, place)

    assert slack.statuses == {(place.channel, place.thread): ""}


async def test_what_fails_besides_an_answer_is_nobodys_trouble(slack: LoopbackSlack, chat: SlackChat, place: Place) -> None:
    slack.fail("*", times=3, status=503)

    await chat.agent.suggest(place.channel, PROMPTS)
    await chat.agent.entitle(place, TITLE)

    assert slack.titles == {}
    assert chat.agent.may_stream
