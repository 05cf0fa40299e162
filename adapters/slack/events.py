"""Signed events over HTTP, handed straight to whoever listens. Not here: what the kit sees to: presses, commands, Socket Mode, refusals.

The kit makes a context, a client and the arguments of each listener that it asks: two thirds of a question's way in. Its verifier stays.
"""

import json
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from adapters.slack.draw import Json
from adapters.slack.senseless import SENSELESS, refusing

RETRY, LAST = "x-slack-retry-num", "3"  # Slack brings an event four times in all
EVENT, KIND = "event_callback", "application/json"
Hears = Callable[[Json, Json, bool], Awaitable[None]]  # what came, its event, and whether nobody will bring it again


class Events:
    """By an event's type, who takes it."""

    def __init__(self, secret: str, listeners: Mapping[str, Hears]) -> None:
        self._verifier, self._listeners = SignatureVerifier(secret), listeners

    async def take(self, request: web.Request) -> web.Response | None:
        """Return the answer; None for whatever is not an event of these, signed in time: the kit knows what to say to it."""
        body = self._signed(request, await request.read()) if request.content_type == KIND else None
        return await self.hand_over(body, last=request.headers.get(RETRY) == LAST) if body else None

    async def hand_over(self, body: Json, *, last: bool) -> web.Response | None:
        """Do so with what is known to be signed; `last`: nobody will bring it again."""
        try:
            hears = self._listeners.get(body["event"]["type"]) if body.get("type") == EVENT else None
        except SENSELESS:
            return None
        if hears is None:
            return None
        try:
            await hears(body, body["event"], last)
        except Exception as error:  # noqa: BLE001  # as the kit has it: Slack is told, and brings again what was ours to hear
            return web.Response(status=refusing(error))
        return web.Response(content_type="text/plain")

    def _signed(self, request: web.Request, raw: bytes) -> Json | None:
        stamp, signature = (request.headers.get(f"x-slack-{name}") for name in ("request-timestamp", "signature"))
        try:
            body = json.loads(raw) if self._verifier.is_valid(raw, stamp, signature) else None
        except SENSELESS:
            return None
        return body if isinstance(body, dict) else None


def by_kit(hears: Hears) -> Callable[..., Awaitable[None]]:
    """Return the same as the kit calls it."""

    async def brought(body: Json, event: Json, request: AsyncBoltRequest) -> None:
        await hears(body, event, request.headers.get(RETRY) == [LAST])

    return brought
