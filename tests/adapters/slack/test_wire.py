"""What comes back when Slack is told something, and what stands in its place when a proxy answers for it."""

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calling import Caller
from adapters.slack.wire import told
from handlers.ports import CannotDeliver


async def asked(kind: str, body: str, *, pooled: bool = True) -> tuple[list[web.Request], object]:
    """Tell a server something that answers so; return what reached it, and what came of it."""
    reached: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        reached.append(request)
        return web.Response(text=body, content_type=kind)

    app = web.Application()
    app.router.add_post("/api/chat.postMessage", answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-1", base_url=str(server.make_url("/api/")), session=session if pooled else None, retry_handlers=[])
        try:
            return reached, await Caller(client).call("chat.postMessage", text="“Yes” & more")
        except CannotDeliver as why:
            return reached, why


@pytest.mark.parametrize("pooled", [True, False])
async def test_slack_is_told_under_our_token_in_json(*, pooled: bool) -> None:
    (request,), answer = await asked("application/json", '{"ok": true, "ts": "1.2"}', pooled=pooled)

    assert request.headers["Authorization"] == "Bearer xoxb-1"
    assert request.headers["Content-Type"] == "application/json;charset=utf-8"
    assert "slackclient" in request.headers["User-Agent"]
    assert await request.json() == {"text": "“Yes” & more"}
    assert answer["ts"] == "1.2"  # type: ignore[index]


@pytest.mark.parametrize(("kind", "body"), [("text/html", "<p>Back soon</p>"), ("application/json", "[]"), ("text/plain", "ok")])
async def test_a_page_in_the_place_of_slacks_answer_passes(kind: str, body: str) -> None:
    _, why = await asked(kind, body)

    assert isinstance(why, CannotDeliver)
    assert not why.permanent


async def test_a_refusal_is_the_kits_own_error() -> None:
    async with TestServer(web.Application()) as server, aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-1", base_url=str(server.make_url("/api/")), session=session)
        with pytest.raises(SlackApiError) as refused:
            await told(client, "chat.postMessage", {})

    assert refused.value.response.status_code == 404
