"""What Slack's errors come to: each has one meaning, and a person is never told Slack's own word."""

import re
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calling import Caller
from adapters.slack.chat import SlackChat
from adapters.slack.errors import LOCKED_OUT, OBSTACLES, PASSING
from handlers.cards import Card
from handlers.obstacles import Obstacle
from handlers.people import Address, Platform
from handlers.ports import CannotDeliver
from handlers.wording.undelivered import OBSTACLES as SENTENCES
from storage.work import open_store
from tests.loopback.slack import LoopbackSlack
from tests.samples import NOON

MARIA = Address(Platform.slack, "T1", "UMARIA")
CARD = Card("Dana Whitlock asks for your decision")


def test_no_error_means_two_things() -> None:
    assert not PASSING & LOCKED_OUT
    assert not OBSTACLES.keys() & (PASSING | LOCKED_OUT)


def test_every_obstacle_has_its_sentence_in_nobodys_jargon() -> None:
    assert set(SENTENCES) == set(Obstacle)
    assert not any(re.search(r"\w_\w|Slack", f"{why} {todo}") for why, todo in SENTENCES.values())


@pytest.mark.parametrize("error", sorted({*PASSING, *LOCKED_OUT, *OBSTACLES, "something_new"}))
async def test_an_error_passes_locks_us_out_or_stands_in_the_way(error: str) -> None:
    async with LoopbackSlack() as slack, aiohttp.ClientSession() as session:
        slack.fail("chat.postMessage", error=error)
        caller = Caller(AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[]))

        with pytest.raises(CannotDeliver) as why:
            await caller.call("chat.postMessage", channel="C1", text="Hello")

    assert why.value.permanent is (error not in PASSING | LOCKED_OUT)
    assert (why.value.after == 60.0) is (error in LOCKED_OUT)
    assert why.value.obstacle is OBSTACLES.get(error, Obstacle.refused)


async def test_somebody_whose_messages_we_knew_and_who_left_is_asked_after_again(tmp_path: Path) -> None:
    """What Slack says of the conversation tells an administrator nothing; what it says of the account does."""
    store = await open_store(f"sqlite:///{tmp_path / 'chat.db'}", lambda: NOON)
    async with LoopbackSlack() as slack, aiohttp.ClientSession() as session:
        slack.user("UMARIA", name="Maria Ortiz")
        chat = SlackChat(AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[]), store)
        await chat.post(MARIA, CARD, "k1")
        slack.users["UMARIA"].deleted = True
        slack.fail("chat.postMessage", error="channel_not_found")

        with pytest.raises(CannotDeliver) as why:
            await chat.post(MARIA, CARD, "k2")
        assert why.value.obstacle is Obstacle.deactivated

        slack.users["UMARIA"].deleted = False
        await chat.post(MARIA, CARD, "k3")
        slack.fail("chat.postMessage", error="channel_not_found")
        await chat.post(MARIA, CARD, "k4")  # another conversation, and the message stands there
    await store.close()


async def test_who_looks_after_it_hears_that_the_departments_channel_is_closed(tmp_path: Path) -> None:
    heard: list[tuple[str, Obstacle]] = []

    async def closed(shared: str, obstacle: Obstacle) -> None:
        heard.append((shared, obstacle))

    store = await open_store(f"sqlite:///{tmp_path / 'chat.db'}", lambda: NOON)
    async with LoopbackSlack() as slack, aiohttp.ClientSession() as session:
        slack.user("UMARIA", name="Maria Ortiz")
        slack.channel("GTECH", members=("UMARIA",), archived=True)
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])

        await SlackChat(client, store, "GTECH", on_closed=closed).post(MARIA, CARD, "decide:s1:maria", shared="decide:s1")

        assert heard == [("decide:s1", Obstacle.closed)]
        assert [one.text for one in slack.dm("UMARIA")] == [CARD.title]
    await store.close()
