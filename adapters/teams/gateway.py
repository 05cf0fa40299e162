"""The door between Teams and us: what comes in is believed, read and handed over; what goes out is sent. Behind it, botbuilder.

`CloudAdapter.process` is never called: it answers 500 to buttons and to bad tokens. A swap of the kit ends here (decision 0013).
"""

import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import aiohttp
from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ActivityTypes
from botframework.connector.auth import AuthenticateRequestResult, ClaimsIdentity

from adapters.standing import Standing
from adapters.teams.activity import Incoming, Invoked, Json, at, read, tenant_of
from adapters.teams.auth import Doorkeeper, NoKeys, NotMicrosoft
from adapters.teams.clouds import configuration, whole
from adapters.teams.connector import Connector, Member
from adapters.teams.hosts import Hosts, is_loopback
from adapters.teams.keys import Keys
from adapters.teams.refs import TeamsRef
from adapters.teams.tokens import Tokens
from handlers.ports import CannotDeliver
from handlers.trouble import place_of

log = logging.getLogger(__name__)

CHANNEL = "msteams"
BROKE = "Something broke on our side. Look at the card before you press again: it shows what counts."
Take = Callable[[Incoming], Awaitable[Json | None]]  # returns what an `Invoked` is answered with; None: we know no such thing


class TeamsGateway:
    """One bot's registration; `take` is given everything that comes in, and its answer goes back.

    Raises ValueError at once where there is no app id: botbuilder would then believe everybody.
    """

    def __init__(self, keys: Keys, session: aiohttp.ClientSession, take: Take) -> None:
        if not keys.app_id:
            raise ValueError("a Teams bot without an app id would believe everybody")
        cloud = whole(keys.cloud)
        config = configuration(keys, cloud)
        self._keys, self._take = keys, take
        self._hosts = Hosts(here=keys.anonymous or is_loopback(cloud.metadata_url))
        self._door = None if keys.anonymous else Doorkeeper(config, cloud, session)
        self._tokens = None if keys.anonymous else Tokens(keys, config, cloud, session)
        self._connector = Connector(session, self._tokens, self._hosts)
        self._kit = CloudAdapter(_Nobody())

    @property
    def standing(self) -> Standing:
        """Whether Microsoft lets us in, as the last call showed."""
        return self._connector.standing

    async def introduce(self) -> None:
        """Have keys and a token before anybody needs them, so that a wrong secret stands in the log before anybody misses an answer.

        Raises CannotDeliver where nothing can be written yet.
        """
        try:
            if self._door:
                await self._door.ready()
        except NoKeys:
            log.warning("Teams cannot be heard yet: Microsoft's keys were not had")
        try:
            if self._tokens:
                await self._tokens.get()
        except CannotDeliver as why:
            log.warning("Teams cannot be written to yet: %s", why)
            raise

    async def handle_http(self, request: web.Request) -> web.Response:
        """Take one activity. Who is not Microsoft, or comes from another tenant, is told so, and nothing else happens."""
        try:
            raw = await self._believed(request)
            if tenant_of(raw) not in self._keys.allowed_tenants:
                return web.Response(status=HTTPStatus.FORBIDDEN)
            if (incoming := read(raw)) is None:
                return web.Response()
            return await self._turn(incoming)
        except NotMicrosoft:
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        except NoKeys:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)

    async def send(self, ref: TeamsRef, message: Json) -> str:
        """Say something (a message activity's own fields) in a conversation; return its id. Raises CannotDeliver."""
        return await self._connector.send(ref, message)

    async def update(self, ref: TeamsRef, activity: str, message: Json) -> None:
        """Say something else where that activity stands. Raises CannotDeliver."""
        await self._connector.update(ref, activity, message)

    async def whisper(self, ref: TeamsRef, user: str, message: Json) -> str:
        """Say something in a group or channel that only one member (`29:…`) sees, for a day; return its id. Raises CannotDeliver."""
        return await self._connector.whisper(ref, user, message)

    async def typing(self, ref: TeamsRef) -> None:
        """Show that an answer is being worked on. Raises CannotDeliver."""
        await self._connector.send(ref, {"type": "typing"})

    async def open_personal(self, tenant: str, user: str, service_url: str) -> TeamsRef:
        """Return where we and this user (an Entra object id) talk alone; needs the app installed for them. Raises CannotDeliver."""
        return await self._connector.open_personal(tenant, user, service_url, f"28:{self._keys.app_id}")

    async def member(self, ref: TeamsRef, user: str) -> Member | None:
        """Return who a user of a conversation is, None where there is no such person. Raises CannotDeliver."""
        return await self._connector.member(ref, user)

    async def _believed(self, request: web.Request) -> Json:
        """Without tokens only this machine is written to, whatever an activity says. Raises NotMicrosoft, NoKeys, or aiohttp's errors."""
        header = request.headers.get("Authorization", "")
        if self._door and not header.startswith("Bearer "):
            raise NotMicrosoft
        raw = _activity(await request.read())
        service_url = at(raw, "serviceUrl")
        if self._door:
            await self._door.believe(header, at(raw, "channelId"), service_url)
            self._hosts.vouch(service_url)
        if at(raw, "channelId") != CHANNEL or not self._hosts.good(service_url):
            raise web.HTTPForbidden
        return raw

    async def _turn(self, incoming: Incoming) -> web.Response:
        """One turn of botbuilder's, whose answer we write. Its activity is bare: the models cost ten times the turn, and lose fields."""
        kind = ActivityTypes.invoke if isinstance(incoming, Invoked) else ActivityTypes.message
        bare = Activity(type=kind, id=incoming.activity, channel_id=CHANNEL, service_url=incoming.ref.service_url)
        status, body = HTTPStatus.INTERNAL_SERVER_ERROR, None

        async def logic(_: TurnContext) -> None:
            nonlocal status, body
            status, body = await self._answered(incoming)

        await self._kit.process_activity(_let_in(), bare, logic)
        return web.Response(status=status) if body is None else web.json_response(body, status=status)

    async def _answered(self, incoming: Incoming) -> tuple[HTTPStatus, Json | None]:
        try:
            body = await self._take(incoming)
        except Exception as error:  # noqa: BLE001  # whatever it is, a person gets a sentence and we get the place
            log.error("what came from Teams broke", extra={"kind": type(error).__name__, "place": place_of(error)})  # noqa: TRY400
            body = plainly(incoming.name, BROKE) if isinstance(incoming, Invoked) else None
            return (HTTPStatus.OK if body else HTTPStatus.INTERNAL_SERVER_ERROR), body
        return (HTTPStatus.BAD_REQUEST if body is None and isinstance(incoming, Invoked) else HTTPStatus.OK), body


def plainly(name: str, words: str) -> Json | None:
    """Return the body with which a client shows these words to whoever pressed; None where it can show none."""
    if name == "adaptiveCard/action":
        return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words}
    if name.startswith(("task/", "composeExtension/")):
        return {"task": {"type": "message", "value": words}}
    return None


class _Nobody:
    """Stands where botbuilder would build two clients for every message: what goes out goes through our own connector."""

    async def create(self, service_url: str, audience: str) -> "_Nobody":  # noqa: ARG002  # botbuilder's signature
        return self

    async def create_user_token_client(self, claims_identity: object) -> None:
        """Nobody signs in through us."""


def _let_in() -> AuthenticateRequestResult:
    """What botbuilder wants to know of somebody whom we have checked already."""
    result = AuthenticateRequestResult()
    result.claims_identity, result.connector_factory = ClaimsIdentity({}, True), _Nobody()  # noqa: FBT003  # botbuilder's signature
    return result


def _activity(body: bytes) -> Json:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest from None
    if not isinstance(raw, dict):
        raise web.HTTPBadRequest
    return raw
