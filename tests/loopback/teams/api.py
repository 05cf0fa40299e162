"""The connector and the login over HTTP: who calls, what goes wrong on purpose, the answer, and a note of each call."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.loopback.teams.faults import Fault
from tests.loopback.teams.operations import OPERATIONS, Asked, Operation
from tests.loopback.teams.records import Call, Json
from tests.loopback.teams.tokens import ISSUER, Signer
from tests.loopback.teams.world import Refused, World

SCOPE = "https://api.botframework.com"
POLICY = "b2c_1_loopback"  # msal takes such an authority at its word, and asks nobody on the internet about it
_CODES = {412: "PreconditionFailed", 429: "Throttled", 500: "ServiceError", 502: "BadGateway", 503: "ServiceError", 504: "GatewayTimeout"}
_TOKEN_SECONDS = 3600


class Api:
    """Answers what the bot calls. `calls` has each call in order, with its answer; `faults` is the plan."""

    def __init__(self, world: World, signer: Signer) -> None:
        self.world, self.signer = world, signer
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.stolen: list[str] = []
        self.closing = asyncio.Event()

    def routes(self, server: web.Application) -> None:
        """Everything this Teams listens to."""
        for (method, path), (name, act, status) in OPERATIONS.items():
            server.router.add_route(method, f"/amer/{{tenant}}/v3/{path}", self._operation(name, act, status))
        server.router.add_get("/v1/.well-known/openidconfiguration", self._open(self._openid, "openid"))
        server.router.add_get("/v1/.well-known/keys", self._open(self._keys, "keys"))
        server.router.add_get("/botframework.com/v2.0/.well-known/openid-configuration", self._open(self._emulator, "openid"))
        server.router.add_get("/common/discovery/keys", self._open(lambda request: {"keys": []}, "keys"))
        server.router.add_get("/common/discovery/instance", self._open(self._instance, "discovery"))
        for path in ("/{tenant}", f"/{{tenant}}/{POLICY}"):
            server.router.add_get(f"{path}/v2.0/.well-known/openid-configuration", self._open(self._authority, "discovery"))
        server.router.add_post("/{tenant}/oauth2/v2.0/token", self.token)
        server.router.add_route("*", "/elsewhere/{path:.*}", self._elsewhere)

    def _operation(self, name: str, act: Operation, status: int) -> Callable[[web.Request], Any]:
        async def operation(request: web.Request) -> web.StreamResponse:
            body = await _body(request)
            asked = Asked(dict(request.match_info), dict(request.query), body)
            typing = name == "send" and body.get("type") == "typing"

            def done() -> Json | list[Json]:
                self._known(request)
                return act(self.world, asked)

            return await self._answer(request, "typing" if typing else name, body, done, status)

        return operation

    def _open(self, act: Callable[[web.Request], Json], name: str) -> Callable[[web.Request], Any]:
        async def document(request: web.Request) -> web.StreamResponse:
            return await self._answer(request, name, {}, lambda: act(request), 200)

        return document

    def _known(self, request: web.Request) -> None:
        """A bearer token that this login issued, and that is still good."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or self.world.tokens.get(token, 0.0) < self.world.now():
            raise Refused(401, "Unauthorized", "Authorization has been denied for this request.")

    async def token(self, request: web.Request) -> web.StreamResponse:
        """/{tenant}/oauth2/v2.0/token: client credentials, for this app of this tenant."""
        form = {key: str(value) for key, value in (await request.post()).items()}
        told = {key: value for key, value in form.items() if key != "client_secret"}
        return await self._answer(request, "token", told, lambda: self._issued(request.match_info["tenant"], form), 200)

    def _issued(self, tenant: str, form: dict[str, str]) -> Json:
        asked = (form.get("client_id"), form.get("client_secret"))
        if tenant not in {self.world.tenant, "botframework.com"}:
            raise Refused(400, "invalid_request", body=_denied("invalid_request", "AADSTS90002: Tenant not found."))
        if asked != (self.world.app_id, self.world.app_password):
            raise Refused(401, "invalid_client", body=_denied("invalid_client", "AADSTS7000215: Invalid client secret provided."))
        if form.get("grant_type") != "client_credentials" or f"{SCOPE}/.default" not in form.get("scope", "").split():
            raise Refused(400, "invalid_scope", body=_denied("invalid_scope", "AADSTS70011: The scope is not valid."))
        token = f"loopback.{secrets.token_urlsafe(24)}"
        self.world.tokens[token] = self.world.now() + _TOKEN_SECONDS
        return {"token_type": "Bearer", "expires_in": _TOKEN_SECONDS, "ext_expires_in": _TOKEN_SECONDS, "access_token": token}

    def _openid(self, request: web.Request) -> Json:
        told = {"issuer": ISSUER, "jwks_uri": f"{self.world.base_url}/v1/.well-known/keys"}
        return {**told, "id_token_signing_alg_values_supported": ["RS256"], "authorization_endpoint": "https://invalid.example"}

    def _keys(self, request: web.Request) -> Json:
        return {"keys": [one.jwk() for one in self.signer.published]}

    def _emulator(self, request: web.Request) -> Json:
        """The second path of the Bot Framework's authentication: its keys are others, and here it has none."""
        return {"issuer": "https://sts.windows.net/", "jwks_uri": f"{self.world.base_url}/common/discovery/keys"}

    def _authority(self, request: web.Request) -> Json:
        at = f"{self.world.tls_url}/{request.match_info['tenant']}"
        ends = {f"{name}_endpoint": f"{at}/oauth2/v2.0/{name}" for name in ("token", "authorize")}
        return {"issuer": f"{at}/v2.0", "authorization_endpoint": ends["authorize_endpoint"], "token_endpoint": ends["token_endpoint"]}

    def _instance(self, request: web.Request) -> Json:
        asked = request.query.get("authorization_endpoint", "").removeprefix("https://").split("/")
        tenant = asked[1] if len(asked) > 1 else self.world.tenant
        found = f"{self.world.tls_url}/{tenant}/v2.0/.well-known/openid-configuration"
        return {"tenant_discovery_endpoint": found, "api-version": "1.1", "metadata": []}

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        """An address that is not Teams': whatever token comes here has been given away."""
        self.stolen.append(request.headers.get("Authorization", ""))
        return web.json_response({"id": "stolen"})

    async def _answer(
        self, request: web.Request, name: str, body: Json, act: Callable[[], Json | list[Json]], status: int
    ) -> web.StreamResponse:
        """As planned: wait, break, refuse, or do it, perhaps to say so late or never."""
        fault = self._fault(request, name, body)
        if fault and not await self._reaches(fault):
            return self._gone(request, name, body)
        try:
            if fault and fault.status is not None:
                raise _planned(fault)
            answer: Any = act()
        except Refused as refused:
            heads = {} if refused.retry_after is None else {"Retry-After": str(refused.retry_after)}
            self._note(request, name, body, refused.status, refused.body)
            return web.json_response(refused.body, status=refused.status, headers=heads)
        if fault and fault.late:
            await self._wait(fault.late)
        if fault and fault.drop:
            return self._gone(request, name, body)
        self._note(request, name, body, status, answer)
        return web.json_response(answer, status=status)

    async def _reaches(self, fault: Fault) -> bool:
        """Whether the call gets as far as being looked at."""
        if fault.hang:
            await self.closing.wait()
        else:
            await self._wait(fault.delay)
        return not fault.hang and fault.drop != "before"

    async def _wait(self, seconds: float) -> None:
        """So long, unless the server closes."""
        if seconds:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), seconds)

    def _fault(self, request: web.Request, name: str, body: Json) -> Fault | None:
        """A place is meant by its name or its id; where a chat is created, by whom it is with."""
        places = {request.match_info.get("conversation", "")}
        asked = [self.world.somebody(str(one.get("id"))) for one in body.get("members") or ()]
        places |= {one.key for one in asked if one}
        bare = {one.partition(";")[0] for one in places}
        places |= {key.removeprefix("personal/") for key, one in self.world.places.items() if one.id in bare}
        return next((one for one in self.faults if one.meets(name, places)), None)

    def _note(self, request: web.Request, name: str, body: Json, status: int | None, answer: Any) -> None:
        wire, heads = request.match_info.get("conversation"), request.headers
        where = None if wire is None else next((one.name for one in self.world.places.values() if one.id == wire.partition(";")[0]), wire)
        told = heads.get("Authorization", "")
        self.calls.append(Call(self.world.now(), name, request.path, body, status, answer, where, dict(request.query), told))

    def _gone(self, request: web.Request, name: str, body: Json) -> web.Response:
        """The line goes dead; whatever is returned from here reaches nobody."""
        self._note(request, name, body, None, {})
        if request.transport:
            request.transport.abort()
        return web.Response()


def _planned(fault: Fault) -> Refused:
    status = fault.status or 500
    code = fault.code or _CODES.get(status, "ServiceError")
    return Refused(status, code, f"{code}, please retry.", retry_after=fault.retry_after)


def _denied(error: str, told: str) -> Json:
    """As Entra refuses."""
    return {"error": error, "error_description": told, "error_codes": [int(told[6:].partition(":")[0])], "trace_id": "loopback"}


async def _body(request: web.Request) -> Json:
    text = await request.text()
    told = json.loads(text) if text else {}
    return told if isinstance(told, dict) else {}
