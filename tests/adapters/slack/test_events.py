"""Events that Slack signed go straight to whoever listens, acknowledged before their answers leave; all else is the kit's to see to."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.slack.app import SlackApp
from adapters.slack.keys import Keys
from adapters.slack.listen import Listener
from handlers.cards import Card, Say

SECRET = "nothing that anybody could guess"
Client = TestClient[web.Request, web.Application]
Came = list[tuple[str, bool]]


@pytest.fixture
def came() -> Came:
    return []


@pytest.fixture
async def client(came: Came) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        slack, app = SlackApp(Keys("xoxb-nobodys", SECRET), session), web.Application()

        async def message(_: dict[str, Any], event: dict[str, Any], last: bool) -> None:  # noqa: FBT001  # as every listener
            came.append((event["text"], last))

        slack.hear({"message": message})
        slack.route(app)
        async with TestClient(TestServer(app, host="127.0.0.1")) as client:
            yield client


def event(kind: str = "message", **about: object) -> bytes:
    return json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": kind, "text": "May I?"}, **about}).encode()


def signed(body: bytes, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) - age)
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def status(client: Client, body: bytes, headers: dict[str, str]) -> int:
    return (await client.post("/slack/events", data=body, headers=headers)).status


async def test_a_signed_event_is_heard_without_the_kit(client: Client, came: Came) -> None:
    """Nobody listens at the kit, which would say that nothing is there."""
    assert await status(client, event(), signed(event())) == 200
    assert came == [("May I?", False)]


async def test_whoever_listens_learns_that_nobody_brings_it_again(client: Client, came: Came) -> None:
    for number in ("1", "3"):
        await status(client, event(), signed(event()) | {"X-Slack-Retry-Num": number})

    assert came == [("May I?", False), ("May I?", True)]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Content-Type": "application/json"}, id="unsigned"),
        pytest.param(signed(event(), "somebody else's"), id="forged"),
        pytest.param(signed(event(), ""), id="no secret"),
        pytest.param(signed(event(), age=310), id="old"),
        pytest.param(signed(event(), age=-86_400), id="from the future"),
        pytest.param(signed(event()) | {"X-Slack-Signature": ""}, id="empty signature"),
        pytest.param({**signed(event()), "X-Slack-Request-Timestamp": str(int(time.time()) - 60)}, id="time altered"),
        pytest.param(signed(event("other")), id="another body's"),
    ],
)
async def test_what_slack_did_not_sign_just_now_is_refused_and_heard_by_nobody(client: Client, came: Came, headers: dict[str, str]) -> None:
    assert await status(client, event(), headers) == 401
    assert came == []


async def test_what_is_no_event_that_anybody_listens_to_is_the_kits(client: Client, came: Came) -> None:
    asked = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    answer = await client.post("/slack/events", data=asked, headers=signed(asked))

    assert (answer.status, await answer.json()) == (200, {"challenge": "abc"})
    assert await status(client, event("reaction_added"), signed(event("reaction_added"))) == 404
    assert came == []


async def test_all_that_is_kept_together_is_acknowledged_before_the_first_answer_leaves() -> None:
    happened, kept = list[str](), asyncio.Event()

    async def hear(*_: object) -> Say:
        await kept.wait()
        return Say(Card("You may"), "answer:1")

    async def say(*_: object, **__: object) -> None:
        happened.append("said")

    async def whoever(_: object) -> str:
        return "Dana"

    async def nothing(*_: object) -> None: ...

    desk: Any = SimpleNamespace(hear=hear)
    chat: Any = SimpleNamespace(say=say, agent=SimpleNamespace(entitle=nothing))
    people: Any = SimpleNamespace(at=whoever)
    listener = Listener(desk, people, chat)

    async def brought(number: int) -> None:
        said = {"type": "message", "channel_type": "im", "channel": "D1", "user": "UDANA", "ts": f"{number}.0", "text": "May I?"}
        await listener.message({"event_id": f"E{number}", "team_id": "T1", "event": said}, said, last=False)
        happened.append("acknowledged")

    crowd = [asyncio.create_task(brought(number)) for number in range(8)]
    await asyncio.sleep(0.01)
    kept.set()
    await asyncio.gather(*crowd)
    await listener.close()

    assert happened == ["acknowledged"] * 8 + ["said"] * 8
