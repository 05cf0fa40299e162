"""What makes no sense is refused as such, signed or not; what broke on our side is not, for then Slack brings it again."""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import AsyncIterator
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.slack.app import SlackApp
from adapters.slack.events import by_kit
from adapters.slack.keys import Keys
from adapters.slack.payload import by_event, came_as, changed_at, trigger
from adapters.slack.senseless import SENSELESS

SECRET = "nothing that anybody could guess"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
Client = TestClient[web.Request, web.Application]


class Broken(Exception):  # noqa: N818  # named for what happened
    """Ours."""


@pytest.fixture(params=["straight", "by the kit"])
async def client(request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        slack, app = SlackApp(Keys("xoxb-nobodys", SECRET), session), web.Application()

        async def message(body: dict[str, object], event: dict[str, object], _last: bool) -> None:  # noqa: FBT001  # as every listener
            if by_event(body, event).user == "UBROKEN":
                raise Broken

        if request.param == "straight":
            slack.hear({"message": message})
        else:
            slack.bolt.event("message")(by_kit(message))
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


NO_WORDS = [7, 1e308, None, False, [], ["U1"], {}, {"id": "U1"}]


@pytest.mark.parametrize("word", NO_WORDS)
def test_what_is_no_word_where_one_belongs_is_refused_before_anything_is_begun(word: object) -> None:
    said = {"text": "May I text them?"}
    form = {"view": {"id": "V1", "hash": "1.a"}, "actions": [{"action_ts": "1.5"}], "trigger_id": "T1"}
    assert (came_as({"event_id": "E1"}, said), came_as({"event_id": "E1"}, {}), trigger(form), changed_at(form)) == ("E1", "E1", "T1", 1.5)

    for body, event in (({"event_id": word}, said), ({"event_id": "E1"}, {"text": word}), ({}, said)):
        with pytest.raises(SENSELESS):
            came_as(body, event)
    with pytest.raises(SENSELESS):
        trigger({"trigger_id": word})
    for part in (
        {"view": {"id": word, "hash": "1.a"}},
        {"view": {"id": "V1", "hash": word}},
        {"view": word},
        {"actions": [{"action_ts": word}]},
    ):
        with pytest.raises(SENSELESS):
            changed_at({**form, **part})


async def test_slacks_kit_spells_no_call_out_for_nobody_to_read() -> None:
    """It makes its lines for debugging wherever its logger has no level of its own, whether they are written or not."""
    async with aiohttp.ClientSession() as session:
        assert SlackApp(Keys("xoxb-nobodys", SECRET), session).client.logger.level > logging.DEBUG
