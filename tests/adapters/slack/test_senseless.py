"""What makes no sense is refused as such, signed or not; what broke on our side is not, for then Slack brings it again."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.slack.app import SlackApp
from adapters.slack.keys import Keys
from adapters.slack.payload import by_event

SECRET = "nothing that anybody could guess"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
Client = TestClient[web.Request, web.Application]


class Broken(Exception):  # noqa: N818  # named for what happened
    """Ours."""


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        slack, app = SlackApp(Keys("xoxb-nobodys", SECRET), session), web.Application()

        async def message(body: dict[str, object], event: dict[str, object]) -> None:
            if by_event(body, event).user == "UBROKEN":
                raise Broken

        slack.bolt.event("message")(message)
        slack.route(app)
        async with TestClient(TestServer(app, host="127.0.0.1")) as client:
            yield client


def signed(body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def status(client: Client, body: bytes, kind: str = JSON, sign: bool = True) -> int:  # noqa: FBT001, FBT002  # a test's own
    answer = await client.post("/slack/events", data=body, headers={"Content-Type": kind, **(signed(body) if sign else {})})
    return answer.status


def event(**said: object) -> bytes:
    return json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "message", **said}}).encode()


@pytest.mark.parametrize("sign", [True, False], ids=["signed", "unsigned"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(b'{"type": "event', JSON, id="cut short"),
        pytest.param(b"[" * 20_000 + b"]" * 20_000, JSON, id="deep"),
        pytest.param(b'{"text": "\xff\xfe"}', JSON, id="no UTF-8"),
        pytest.param(b"[1, 2]", JSON, id="a list"),
        pytest.param(b"payload=" + quote('"words"').encode(), FORM, id="words for a payload"),
    ],
)
async def test_what_cannot_be_read_is_refused(client: Client, body: bytes, kind: str, sign: bool) -> None:  # noqa: FBT001  # as above
    assert await status(client, body, kind, sign) == 400


@pytest.mark.parametrize("user", [7, None, ["U1"], {"id": "U1"}])
async def test_what_names_nobody_is_refused(client: Client, user: object) -> None:
    assert await status(client, event(user=user)) == 400
    assert await status(client, event()) == 400


async def test_an_event_that_is_no_event_is_refused(client: Client) -> None:
    assert await status(client, json.dumps({"type": "event_callback", "event": 7}).encode()) == 400


async def test_what_broke_on_our_side_is_brought_again(client: Client) -> None:
    assert await status(client, event(user="UBROKEN")) == 500
    assert await status(client, event(user="UDANA")) == 200


async def test_the_log_says_where_and_nothing_of_what_was_sent(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    await status(client, b'{"students": "Ada Finch", ')
    await status(client, event(user={"Ada Finch": 1}))

    assert "makes no sense" in caplog.text
    assert "Ada Finch" not in caplog.text
