"""The way out to Slack, against a Slack of our own: what passes is waited out, what never will is said, and pace is kept."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters import patience
from adapters.slack import calling, memory, pace
from adapters.slack.chat import SlackChat
from adapters.slack.place import Place
from handlers.actions import Approve
from handlers.cards import Button, Card, Text
from handlers.ids import StageId
from handlers.people import Address, Platform
from handlers.ports import CannotDeliver, Work
from storage.work import open_store
from tests.loopback.slack import LoopbackSlack
from tests.samples import NOON

DANA = Address(Platform.slack, "T1", "UDANA")
CARD = Card("Dana Whitlock asks for your decision", (Text("Please decide."),), (Button("Approve", Approve(StageId("s1"))),))
DONE = Card("Approved", (Text("It was approved."),))


@pytest.fixture
async def slack() -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack() as slack:
        slack.user("UDANA", name="Dana Whitlock")
        slack.user("ULEE", name="Lee Santos")
        yield slack


@pytest.fixture
async def chat(slack: LoopbackSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackChat]:
    monkeypatch.setattr(patience, "WAITS", (0.01,) * 5)
    store = await open_store(f"sqlite:///{tmp_path / 'chat.db'}", lambda: NOON)
    async with aiohttp.ClientSession() as session:
        yield SlackChat(AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[]), store)
    await store.close()


async def test_a_card_stands_in_the_direct_messages_and_is_rewritten_there(slack: LoopbackSlack, chat: SlackChat) -> None:
    message = await chat.post(DANA, CARD, "k1")
    await chat.update(DANA, message, DONE)

    (only,) = slack.dm("UDANA")
    assert slack.text_of(only) == "Approved\nIt was approved."
    assert slack.buttons(only) == []


async def test_what_is_about_the_same_request_stands_in_one_thread_and_is_shown_beside_it(slack: LoopbackSlack, chat: SlackChat) -> None:
    first = await chat.post(DANA, CARD, "k1")
    await chat.post(DANA, DONE, "k2", first)

    card, outcome = slack.dm("UDANA")
    assert outcome.thread_ts == card.ts
    assert slack.calls_of("chat.postMessage")[-1].arguments["reply_broadcast"] is True


@pytest.mark.parametrize(
    ("fault", "permanent", "after"),
    [
        ({"status": 429, "retry_after": 7}, False, 7.0),
        ({"status": 503}, False, None),
        ({"drop": "before"}, False, None),
        ({"error": "channel_not_found"}, True, None),
        ({"error": "fatal_error"}, False, None),
        ({"error": "token_revoked"}, False, 60.0),
        ({"error": "something_new"}, True, None),
    ],
)
async def test_what_slack_refuses_says_whether_to_try_again(
    slack: LoopbackSlack, chat: SlackChat, fault: dict[str, object], permanent: object, after: float | None
) -> None:
    slack.fail("chat.postMessage", **fault)  # type: ignore[arg-type]

    with pytest.raises(CannotDeliver) as why:
        await chat.post(DANA, CARD, "k1")

    assert (why.value.permanent, why.value.after) == (permanent, after)


async def test_an_answer_waits_until_slack_is_back(slack: LoopbackSlack, chat: SlackChat) -> None:
    channel = slack.im_with("UDANA").id
    slack.fail("chat.postMessage", times=2, status=503)
    slack.fail("chat.postMessage", status=429, retry_after=0)

    await chat.say(Place(channel), DONE, "answer:a1")

    assert len(slack.dm("UDANA")) == 1


async def test_an_answer_is_given_up_when_slack_stays_away(slack: LoopbackSlack, chat: SlackChat, caplog: pytest.LogCaptureFixture) -> None:
    slack.fail("chat.postMessage", times=9, status=503)

    await chat.say(Place(slack.im_with("UDANA").id), DONE, "answer:a1")

    assert slack.dm("UDANA") == []
    assert "given up" in caplog.text


async def test_an_answer_is_said_once_however_often_it_is_asked(slack: LoopbackSlack, chat: SlackChat) -> None:
    place = Place(slack.im_with("UDANA").id)

    await asyncio.gather(*(chat.say(place, DONE, "answer:a1") for _ in range(3)))
    await chat.say(place, DONE, "answer:a1")
    await chat.say(place, DONE, "answer:a2")

    assert len(slack.dm("UDANA")) == 2


async def test_only_she_sees_a_whisper_and_where_slack_forbids_it_it_comes_by_direct_message(slack: LoopbackSlack, chat: SlackChat) -> None:
    slack.channel("C1", members=("UDANA",))

    await chat.whisper(Place("C1"), "UDANA", DONE)
    await chat.whisper(Place("C1"), "ULEE", DONE)
    await chat.whisper(Place(), "ULEE", CARD)

    assert [one.reader for one in slack.in_channel("C1", "UDANA")] == ["UDANA"]
    assert [one.text for one in slack.dm("ULEE")] == ["Approved", "Dana Whitlock asks for your decision"]


async def test_a_channel_gets_a_few_cards_at_once_and_then_one_a_second(
    slack: LoopbackSlack, chat: SlackChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BREATH", 0.1)

    for number in range(7):
        await chat.post(DANA, DONE, f"k{number}")

    at = [call.at for call in slack.calls_of("chat.postMessage")]
    assert at[3] - at[0] < 0.1
    assert at[6] - at[4] >= 0.15


async def test_answers_go_at_once_until_slack_asks_for_a_pause(
    slack: LoopbackSlack, chat: SlackChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BREATH", 0.4)
    place = Place(slack.im_with("UDANA").id)

    for number in range(10):
        await chat.say(place, DONE, f"answer:{number}")
    slack.fail("chat.postMessage", status=429, retry_after=1)
    await chat.say(place, DONE, "answer:10")
    await chat.say(place, DONE, "answer:11")

    at = [call.at for call in slack.calls_of("chat.postMessage")]
    assert at[9] - at[0] < 2.0  # kept apart, they would take 2.4
    assert at[-1] - at[-2] >= 0.1
    assert len(slack.dm("UDANA")) == 12


async def test_a_card_waits_a_few_breaths_for_the_answers_before_it_however_many_there_were(
    slack: LoopbackSlack, chat: SlackChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BREATH", 0.1)
    place = Place(slack.im_with("UDANA").id)
    await asyncio.gather(*(chat.say(place, DONE, f"answer:{number}") for number in range(60)))

    begun = asyncio.get_running_loop().time()
    await chat.post(DANA, DONE, "k1")

    assert asyncio.get_running_loop().time() - begun < 3.0  # kept apart from each of them, it would wait for 5.6


async def test_only_so_many_channels_are_remembered(slack: LoopbackSlack, chat: SlackChat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    for number in range(5):
        slack.user(f"U{number}")
        await chat.post(Address(Platform.slack, "T1", f"U{number}"), DONE, f"k{number}")

    await chat.post(Address(Platform.slack, "T1", "U0"), DONE, "again")

    assert len(slack.dm("U0")) == 2


async def test_a_card_whose_thread_is_gone_stands_alone(slack: LoopbackSlack, chat: SlackChat) -> None:
    first = await chat.post(DANA, CARD, "k1")
    slack.fail("chat.postMessage", error="message_not_found")

    await chat.post(DANA, DONE, "k2", first)

    assert slack.dm("UDANA")[-1].thread_ts is None
    slack.fail("chat.postMessage", status=503)
    with pytest.raises(CannotDeliver):
        await chat.post(DANA, DONE, "k3", first)


async def test_a_whisper_is_seen_where_nobody_has_answered_yet(slack: LoopbackSlack, chat: SlackChat) -> None:
    slack.channel("C1", members=("UDANA",))
    await slack.says("UDANA", "hello", channel="C1")
    ts = slack.in_channel("C1")[0].ts

    await chat.whisper(Place("C1", ts), "UDANA", DONE)
    await slack.says("UDANA", "anybody?", channel="C1", thread_ts=ts)
    await chat.whisper(Place("C1", ts, live=True), "UDANA", DONE)

    assert [one.thread_ts for one in slack.whispers("UDANA")] == [None, ts]


async def test_in_direct_messages_a_whisper_is_an_ordinary_message(slack: LoopbackSlack, chat: SlackChat) -> None:
    channel = slack.im_with("UDANA").id

    await chat.whisper(Place(channel, "1.0"), "UDANA", DONE)
    await chat.whisper(Place(channel, "1.0"), "ULEE", CARD)  # who has no business there

    assert slack.whispers("UDANA") == []
    assert [one.text for one in slack.dm("ULEE")] == [CARD.title]
    assert slack.dm("UDANA")[0].thread_ts == "1.0"


async def test_the_technology_departments_card_stands_once_in_its_channel(slack: LoopbackSlack, chat: SlackChat) -> None:
    slack.channel("GTECH", members=("UDANA", "ULEE"))
    chat._technology = "GTECH"

    messages = await asyncio.gather(
        chat.post(DANA, CARD, "decide:s1:dana", shared="decide:s1"),
        chat.post(Address(Platform.slack, "T1", "ULEE"), CARD, "decide:s1:lee", shared="decide:s1"),
    )

    assert len(set(messages)) == 1
    assert [one.text for one in slack.in_channel("GTECH")] == [CARD.title]
    assert slack.dm("UDANA") == []


async def test_a_department_card_that_may_have_arrived_is_not_posted_for_the_next_member(slack: LoopbackSlack, chat: SlackChat) -> None:
    slack.channel("GTECH", members=("UDANA", "ULEE"))
    chat._technology = "GTECH"
    slack.fail("chat.postMessage", drop="after")
    with pytest.raises(CannotDeliver):
        await chat.post(DANA, CARD, "decide:s1:dana", shared="decide:s1")

    second = await chat.post(Address(Platform.slack, "T1", "ULEE"), CARD, "decide:s1:lee", shared="decide:s1")

    assert await chat.post(DANA, CARD, "decide:s1:dana", shared="decide:s1", again=True) == second
    assert [one.text for one in slack.in_channel("GTECH")] == [CARD.title]


async def test_where_the_departments_channel_is_closed_to_us_each_gets_a_copy(slack: LoopbackSlack, chat: SlackChat) -> None:
    chat._technology = "GGONE"

    await chat.post(DANA, CARD, "decide:s1:dana", shared="decide:s1")

    assert [one.text for one in slack.dm("UDANA")] == [CARD.title]
    slack.fail("chat.postMessage", status=503)
    with pytest.raises(CannotDeliver):
        await chat.post(DANA, CARD, "decide:s2:dana", shared="decide:s2")


async def test_a_card_that_arrived_although_nobody_was_told_is_not_posted_again(slack: LoopbackSlack, chat: SlackChat) -> None:
    first = await chat.post(DANA, CARD, "k1")
    for number, beneath in enumerate(("", first)):
        slack.fail("chat.postMessage", drop="after")
        with pytest.raises(CannotDeliver):
            await chat.post(DANA, DONE, f"lost{number}", beneath)

        message = await chat.post(DANA, DONE, f"lost{number}", beneath, again=True)

        assert Place.read(message).thread == slack.dm("UDANA")[-1].ts
        assert len(slack.dm("UDANA")) == 2 + number

    await chat.post(DANA, DONE, "never came", again=True)
    assert len(slack.dm("UDANA")) == 4


async def test_where_it_may_not_be_looked_up_a_card_is_sent_again(slack: LoopbackSlack, chat: SlackChat) -> None:
    slack.fail("conversations.history", error="missing_scope")

    await chat.post(DANA, DONE, "k1", again=True)

    assert len(slack.dm("UDANA")) == 1


async def test_while_it_cannot_be_looked_up_a_card_waits(slack: LoopbackSlack, chat: SlackChat) -> None:
    slack.fail("chat.postMessage", drop="after")
    slack.fail("conversations.history", status=503, times=1)
    with pytest.raises(CannotDeliver):
        await chat.post(DANA, DONE, "k1")

    with pytest.raises(CannotDeliver) as why:
        await chat.post(DANA, DONE, "k1", again=True)
    assert not why.value.permanent
    await chat.post(DANA, DONE, "k1", again=True)

    assert len(slack.dm("UDANA")) == 1


@pytest.mark.parametrize("lost", ["before", "after"])
async def test_an_answer_that_may_have_arrived_is_looked_for_before_it_is_said_again(
    slack: LoopbackSlack, chat: SlackChat, lost: str
) -> None:
    slack.fail("chat.postMessage", drop=lost)  # type: ignore[arg-type]
    slack.fail("conversations.history", status=503, times=1)

    await chat.say(Place(slack.im_with("UDANA").id), DONE, "answer:a1")

    assert len(slack.dm("UDANA")) == 1


async def test_what_slack_takes_when_we_gave_up_waiting_is_found_once_it_has_rested(
    slack: LoopbackSlack, chat: SlackChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked for at once, it is not there yet, and would come twice."""
    monkeypatch.setattr(calling, "REST", 1.5)
    monkeypatch.setattr(chat._client.session, "_timeout", aiohttp.ClientTimeout(total=0.5))
    slack.fail("chat.postMessage", delay=1.5, times=2)

    await chat.say(Place(slack.im_with("UDANA").id), DONE, "answer:a1")
    with pytest.raises(CannotDeliver) as why:
        await chat.post(DANA, CARD, "k1")
    await asyncio.sleep(why.value.rest)
    await chat.post(DANA, CARD, "k1", again=True)

    assert len(slack.dm("UDANA")) == 2


async def test_what_is_said_in_a_channel_keeps_its_order(slack: LoopbackSlack, chat: SlackChat) -> None:
    first, second = (Place(slack.im_with("UDANA").id, thread) for thread in ("1.1", "2.2"))
    slack.fail("chat.postMessage", status=503, times=2)

    await asyncio.gather(chat.say(first, CARD, "answer:a1"), chat.say(second, DONE, "answer:a2"))

    assert [one.text for one in slack.dm("UDANA")] == ["Dana Whitlock asks for your decision", "Approved"]


async def test_what_is_said_in_a_thread_waits_for_what_was_asked_there_before(slack: LoopbackSlack, chat: SlackChat) -> None:
    thread = Place(slack.im_with("UDANA").id, "1.1")
    slow = slack.fail("chat.postMessage", delay=0.3)

    first = asyncio.create_task(chat.say(thread, CARD, "answer:a1"))
    await slack.until(lambda: slow.met)
    await chat.say(thread, DONE, "answer:a2")
    await first

    assert [one.text for one in slack.dm("UDANA")] == ["Dana Whitlock asks for your decision", "Approved"]


async def test_where_a_channel_takes_nothing_any_more_whoever_asked_is_answered_alone(slack: LoopbackSlack, chat: SlackChat) -> None:
    slack.channel("C1", members=("UDANA",)).archived = True

    await chat.say(Place("C1"), DONE, "answer:a1", "UDANA")
    await chat.say(Place("C1"), DONE, "answer:a1", "UDANA")

    assert [one.text for one in slack.dm("UDANA")] == ["Approved"]


async def test_what_was_taken_on_as_it_was_kept_is_said_without_asking_and_what_is_said_together_is_noted_together(
    slack: LoopbackSlack, chat: SlackChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel, keys, units = slack.im_with("UDANA").id, [f"answer:a{number}" for number in range(8)], list[str]()
    write = chat._store.write

    async def counted(unit: Callable[..., Any], *args: Any) -> Any:
        units.append(unit.__name__)
        return await write(unit, *args)

    monkeypatch.setattr(chat._store, "write", counted)
    await asyncio.gather(*(chat.say(Place(channel, f"{at}.1"), CARD, key, "UDANA", ours=True) for at, key in enumerate(keys)))

    assert set(units) == {"note"}
    assert len(units) < len(keys)
    assert [await chat._store.read(_noted, key) for key in keys] == ["said"] * len(keys)
    for key in keys:
        await chat.say(Place(channel, "9.1"), CARD, key, "UDANA")
    assert len(slack.dm("UDANA")) == len(keys)


async def test_what_waited_for_its_turn_in_a_thread_is_asked_for_again(
    slack: LoopbackSlack, chat: SlackChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(slack.im_with("UDANA").id, "1.1")
    await chat._store.write(_said_elsewhere, "answer:a2")

    await asyncio.gather(*(chat.say(place, CARD, f"answer:a{number}", "UDANA", ours=True) for number in (1, 2)))

    assert len(slack.dm("UDANA")) == 1


def _noted(work: Work, key: str) -> str | None:
    return work.inbox.result(f"slack:{key}")


def _said_elsewhere(work: Work, key: str) -> None:
    work.inbox.first(f"slack:{key}", "said")
