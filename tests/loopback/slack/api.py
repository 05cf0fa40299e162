"""The Web API over HTTP: who calls, with which arguments, what goes wrong on purpose, the answer, and a note of each call."""

import asyncio
import base64
import json
from collections.abc import Callable

from aiohttp import web

from tests.loopback.slack import chat, places, views
from tests.loopback.slack.faults import Fault
from tests.loopback.slack.hooks import respond
from tests.loopback.slack.records import Call, Json
from tests.loopback.slack.world import Refused, World

METHODS = {**chat.METHODS, **places.METHODS, **views.METHODS}
_STRUCTURED = {"blocks", "attachments", "metadata", "view", "prompts", "chunks"}
_FORMS = {"users.info", "users.lookupByEmail"}  # these read no JSON: what it says they never see
_FLAGS = {"include_all_metadata", "inclusive", "replace_original", "delete_original"}
_ERRORS = {429: "ratelimited", 500: "internal_error", 503: "service_unavailable"}


class Api:
    """Answers what the app calls. `calls` has each call in order, with its answer; `faults` is the plan."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.worlds = [world]  # and those beside it, in the same Slack
        self.calls: list[Call] = []
        self.faults: list[Fault] = []

    async def method(self, request: web.Request) -> web.StreamResponse:
        """/api/<method>."""
        name = request.match_info["method"]
        args = await _arguments(request, json_too=name not in _FORMS)
        return await self._answer(request, name, args, lambda: self._called(request, name, args))

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """/hooks/<key>: a response_url. Slack answers with a bare `ok`."""
        args, key = await _arguments(request), request.match_info["key"]
        world = next((one for one in self.worlds if key in one.hooks), self.world)
        return await self._answer(request, "response_url", args, lambda: respond(world, key, args))

    def _called(self, request: web.Request, name: str, args: Json) -> Json:
        if name not in METHODS:
            raise Refused("unknown_method")
        return METHODS[name](self._known(request, name, args), args)

    def _known(self, request: web.Request, name: str, args: Json) -> World:
        """The workspace that the bearer token is of."""
        if name == "oauth.v2.access":
            code, refresh = args.get("code"), args.get("refresh_token")
            return next((one for one in self.worlds if code in one.codes or refresh in one.refreshing), self.world)
        token = _token(request, args)
        world = next((one for one in self.worlds if token in one.tokens), self.world)
        if not token:
            raise Refused("not_authed")
        if token in world.revoked:
            raise Refused("token_revoked")
        if world.ends.get(token, float("inf")) < world.now():
            raise Refused("token_expired")
        fitting = {world.app_token} if name == "apps.connections.open" else set(world.tokens)
        if token not in fitting:
            raise Refused("not_allowed_token_type" if token in {world.app_token, *world.tokens} else "invalid_auth")
        return world

    async def _answer(self, request: web.Request, name: str, args: Json, act: Callable[[], Json]) -> web.StreamResponse:
        at, fault = self.world.now(), self._fault(name, args)
        if fault:
            await asyncio.sleep(fault.delay)
        try:
            if fault and fault.drop == "before":
                return self._gone(request, at, name, args)
            if fault and fault.refuses:
                raise _planned(fault)
            answer, status = {"ok": True, **act()}, 200
        except Refused as refused:
            return self._refusal(refused, request, at, name, args)
        if fault and fault.drop:
            return self._gone(request, at, name, args)
        self.calls.append(Call(at, name, args, status, answer, _token(request, args)))
        return web.Response(text="ok") if name == "response_url" else web.json_response(answer)

    def _fault(self, name: str, args: Json) -> Fault | None:
        given = {str(args[key]) for key in ("channel", "channel_id", "user", "user_id", "users") if args.get(key)}
        named = given | {
            one.id
            for world in self.worlds
            for one in world.channels.values()
            if one.kind == "im" and one.members & (given - {self.world.bot_user})
        }
        return next((one for one in self.faults if one.meets(name, named)), None)

    def _refusal(self, refused: Refused, request: web.Request, at: float, name: str, args: Json) -> web.Response:
        told: Json = {"response_metadata": {"messages": refused.told}} if refused.told else {}
        answer = {"ok": False, "error": refused.error, **told}
        headers = {} if refused.retry_after is None else {"Retry-After": str(refused.retry_after)}
        self.calls.append(Call(at, name, args, refused.status, answer, _token(request, args)))
        return web.json_response(answer, status=refused.status, headers=headers)

    def _gone(self, request: web.Request, at: float, name: str, args: Json) -> web.Response:
        """The line goes dead; whatever is returned from here reaches nobody."""
        self.calls.append(Call(at, name, args, None, {}))
        if request.transport:
            request.transport.abort()
        return web.Response()


def _token(request: web.Request, args: Json) -> str:
    """The bearer token, in the header or among the arguments."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))


def _planned(fault: Fault) -> Refused:
    status = fault.status or 200
    after = fault.retry_after if fault.retry_after is not None or status != web.HTTPTooManyRequests.status_code else 1
    return Refused(fault.error or _ERRORS.get(status, "fatal_error"), status=status, retry_after=after)


async def _arguments(request: web.Request, *, json_too: bool = True) -> Json:
    """The arguments, from wherever they came: query, form or JSON; what is structured is unpacked."""
    found: Json = dict(request.query)
    if request.content_type == "application/json":
        found |= json.loads(await request.text() or "{}") if json_too else {}
    else:
        found |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        found["client_id"], _, found["client_secret"] = base64.b64decode(secret).decode().partition(":")
    for key in _STRUCTURED & set(found):
        found[key] = _unpacked(found[key])
    for key in _FLAGS & set(found):
        found[key] = found[key] in {True, "true", "True", "1"}
    return found


def _unpacked(value: object) -> object:
    """A string that is JSON becomes what it says; any other stays, and the method refuses it."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
