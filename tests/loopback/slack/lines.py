"""The two ways to an app: signed HTTP requests, or envelopes over its own WebSockets. One try each; retrying is delivery.py's."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import time
from typing import Literal
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.loopback.slack.records import Ack, Delivery, Json
from tests.loopback.slack.world import World

Disguise = Literal["unsigned", "forged", "old"]
_TOO_OLD = 301  # seconds: one more than receivers allow
_SOCKET_TYPES = {"event": "events_api", "command": "slash_commands", "interactive": "interactive"}


class HttpLine:
    """Brings things to the app's address, as Slack does; may pretend not to be Slack."""

    def __init__(self, world: World, session: aiohttp.ClientSession, url: str) -> None:
        self.world, self.session, self.url = world, session, url

    async def send(self, delivery: Delivery, patience: float, retry: tuple[int, str | None], disguise: Disguise | None) -> Ack:
        body, kind = _body(delivery)
        delivery.sent = (body, {"Content-Type": kind, "User-Agent": "Slackbot 1.0", **self._signed(body, disguise)})
        return await self.repeat(delivery, patience, retry)

    async def repeat(self, delivery: Delivery, patience: float, retry: tuple[int, str | None] = (0, None)) -> Ack:
        """The same bytes under the same signature once more."""
        assert delivery.sent, "nothing went over HTTP yet"
        body, headers = delivery.sent
        again = {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": str(retry[1])} if retry[0] else {}
        begun = time.monotonic()
        try:
            limit = aiohttp.ClientTimeout(total=patience)
            async with self.session.post(self.url, data=body, headers=headers | again, timeout=limit, allow_redirects=False) as answer:
                told = await answer.text()
                heads = {key.lower(): value for key, value in answer.headers.items()}
                return Ack(answer.status, _said(told) if "json" in answer.content_type else told, time.monotonic() - begun, heads, *retry)
        except (TimeoutError, aiohttp.ClientError) as gone:
            return Ack(None, gone, time.monotonic() - begun, {}, *retry)

    def _signed(self, body: bytes, disguise: Disguise | None) -> dict[str, str]:
        if disguise == "unsigned":
            return {}
        stamp = str(int(time.time()) - (_TOO_OLD if disguise == "old" else 0))
        secret = "somebody-else" if disguise == "forged" else self.world.signing_secret
        digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _body(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "event":
        return json.dumps(delivery.payload).encode(), "application/json"
    form = delivery.payload if delivery.kind == "command" else {"payload": json.dumps(delivery.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _said(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


class SocketLine:
    """The WebSockets that the app opened; each thing goes to the next of them in turn, as nobody may rely on which."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[object]] = {}
        self._turn = 0
        self._connected = asyncio.Event()

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """/link: one WebSocket, for one ticket."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.world.tickets:
            return web.Response(status=401)
        self.world.tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self._connected.set()
        about = {"host": "applink", "build_number": 1, "approximate_connection_time": 18060}
        known = {"connection_info": {"app_id": self.world.app_id}, "num_connections": len(self.sockets), "debug_info": about}
        await socket.send_json({"type": "hello", **known})
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self._acked(_said(message.data))
        self._forget(socket)
        return socket

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self.sockets:
            self._leave([one for one in self.sockets if one is not socket])

    def _leave(self, sockets: list[web.WebSocketResponse]) -> list[web.WebSocketResponse]:
        """Only these are in use from here on; returns those before."""
        before, self.sockets = self.sockets, sockets
        if not sockets:
            self._connected.clear()
        return before

    def _acked(self, told: object) -> None:
        waiting = self._waiting.get(str(told.get("envelope_id"))) if isinstance(told, dict) else None
        if waiting and isinstance(told, dict) and not waiting.done():
            waiting.set_result(told.get("payload", ""))

    async def send(self, delivery: Delivery, patience: float, retry: tuple[int, str | None], disguise: Disguise | None) -> Ack:
        assert disguise is None, "nothing is signed over Socket Mode"
        key, begun = self.world.fresh("envelope"), time.monotonic()
        envelope: Json = {"type": _SOCKET_TYPES[delivery.kind], "envelope_id": key, "payload": delivery.payload}
        envelope["accepts_response_payload"] = delivery.kind != "event"
        if delivery.kind == "event":
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1] or ""}
        waiting = self._waiting[key] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(patience):
                await (await self._next()).send_json(envelope)
                return Ack(200, await waiting, time.monotonic() - begun, {}, *retry)
        except (TimeoutError, ConnectionError) as gone:
            return Ack(None, gone, time.monotonic() - begun, {}, *retry)
        finally:
            del self._waiting[key]

    async def _next(self) -> web.WebSocketResponse:
        await self._connected.wait()
        self._turn += 1
        return self.sockets[self._turn % len(self.sockets)]

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to make way for a new one; nothing more comes over the old ones."""
        for socket in self._leave([]):
            with contextlib.suppress(ConnectionError):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink"}})

    async def cut(self) -> None:
        """Every connection breaks, without a word."""
        for socket in self._leave([]):
            await socket.close()
