"""Whether Slack lets us in, as the last calls showed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters import standing as module
from adapters.slack.calling import Caller
from adapters.standing import Standing, keep_let_in
from handlers.ports import CannotDeliver
from tests.loopback.slack import LoopbackSlack

ASKED = "auth.test"


@pytest.fixture
async def slack() -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack() as slack:
        yield slack


@pytest.fixture
async def caller(slack: LoopbackSlack) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[]))


async def seen_after(caller: Caller) -> tuple[str, bool]:
    """What is known after one more call."""
    with contextlib.suppress(CannotDeliver):
        await caller.call(ASKED)
    return caller.standing.word, caller.standing.usable


async def test_nothing_is_known_before_the_first_call(caller: Caller) -> None:
    assert (caller.standing.word, caller.standing.usable) == ("not reached yet", False)


async def test_who_was_let_in_stays_usable_while_slack_is_away(slack: LoopbackSlack, caller: Caller) -> None:
    assert await seen_after(caller) == ("reachable", True)
    for fault in ({"status": 503}, {"drop": "before"}, {"error": "internal_error"}):
        slack.fail(ASKED, **fault)
        assert await seen_after(caller) == ("away", True)
    assert await seen_after(caller) == ("reachable", True)


async def test_who_was_never_let_in_is_not_usable_while_slack_is_away(slack: LoopbackSlack, caller: Caller) -> None:
    slack.fail(ASKED, status=503)

    assert await seen_after(caller) == ("away", False)


@pytest.mark.parametrize("word", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_who_is_locked_out_is_not_usable_until_let_in_again(slack: LoopbackSlack, caller: Caller, word: str) -> None:
    await seen_after(caller)
    slack.fail(ASKED, error=word)
    assert await seen_after(caller) == ("locked out", False)

    slack.fail(ASKED, status=503)
    assert await seen_after(caller) == ("locked out", False)  # being away does not let us in
    assert await seen_after(caller) == ("reachable", True)


async def test_one_call_that_slack_refuses_says_nothing_of_the_others(slack: LoopbackSlack, caller: Caller) -> None:
    await seen_after(caller)

    for fault in ({"error": "channel_not_found"}, {"error": "missing_scope"}, {"retry_after": 1, "status": 429}):
        slack.fail(ASKED, **fault)
        assert await seen_after(caller) == ("reachable", True)


async def test_slack_is_asked_until_it_lets_us_in_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RECHECKED", 0.01)
    standing, asked = Standing(), 0

    async def introduce() -> None:
        nonlocal asked
        asked += 1
        if asked == 2:
            standing.answered()

    keeping = asyncio.create_task(keep_let_in(standing, introduce))
    await asyncio.sleep(0.2)
    assert asked == 2

    standing.refused(CannotDeliver("away", permanent=False))
    await asyncio.sleep(0.1)
    keeping.cancel()
    assert asked > 2
