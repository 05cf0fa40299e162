"""Calling Teams: one pooled session, the kept token, and what refusals mean. Not here: what is said, nor how long to keep trying.

Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, .../conversations/send-proactive-messages (status codes).
"""

import json
import logging
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPMethod, HTTPStatus
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.standing import LockedOut, Standing
from adapters.teams.activity import Json, at
from adapters.teams.errors import code, obstacle
from adapters.teams.hosts import Hosts
from adapters.teams.refs import TeamsRef
from adapters.teams.tokens import LOCKED_OUT_FOR, Tokens
from handlers.obstacles import Obstacle
from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)

PASSING = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.TOO_MANY_REQUESTS}  # and whatever is the server's own fault
)
TARGETED = "?isTargetedActivity=true"
LONGEST = 3600.0  # seconds that we are told to wait at most; more is taken for a mistake


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a conversation, as Microsoft knows them; `guest` is everybody who is not of the tenant itself."""

    id: str
    aad: str
    tenant: str
    name: str
    email: str
    upn: str
    guest: bool


class NotFound(CannotDeliver):
    """What was asked for is not there, or no longer."""


class Connector:
    """The Bot Connector's REST interface, as far as we need it; every method raises CannotDeliver and nothing else."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens | None, hosts: Hosts) -> None:
        self._session, self._tokens, self._hosts = session, tokens, hosts
        self.standing = Standing()

    async def send(self, ref: TeamsRef, message: Json) -> str:
        """Say something in a conversation; return the activity's id."""
        answer = await self._call(HTTPMethod.POST, ref.service_url, ("conversations", ref.target, "activities"), _addressed(ref, message))
        return at(answer, "id")

    async def whisper(self, ref: TeamsRef, user: str, message: Json) -> str:
        """Say something that only one member of the conversation (an id of this bot's own, `29:…`) sees; return the activity's id."""
        said = _addressed(ref, message) | {"recipient": {"id": user}}
        answer = await self._call(HTTPMethod.POST, ref.service_url, ("conversations", ref.target, "activities"), said, TARGETED)
        return at(answer, "id")

    async def update(self, ref: TeamsRef, activity: str, message: Json) -> None:
        """Say something else where that activity stands."""
        path = ("conversations", ref.target, "activities", activity)
        await self._call(HTTPMethod.PUT, ref.service_url, path, _addressed(ref, message) | {"id": activity})

    async def open_personal(self, tenant: str, user: str, service_url: str, bot: str) -> TeamsRef:
        """Return where the bot and this user (an Entra object id) talk alone. The app must be installed for them."""
        wanted = {
            "isGroup": False,
            "bot": {"id": bot},
            "members": [{"id": user}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        answer = await self._call(HTTPMethod.POST, service_url, ("conversations",), wanted)
        if not (conversation := at(answer, "id")):
            raise CannotDeliver("Teams opened no conversation", permanent=False)
        return TeamsRef(tenant, service_url, conversation, bot=bot)

    async def member(self, ref: TeamsRef, user: str) -> Member | None:
        """Return who that is, None for nobody of the conversation; `user` is either of a sender's ids."""
        try:
            found = await self._call(HTTPMethod.GET, ref.service_url, ("conversations", ref.conversation, "members", user))
        except NotFound:
            return None
        tenant = at(found, "tenantId").casefold() or ref.tenant
        return Member(
            id=at(found, "id"),
            aad=(at(found, "aadObjectId") or at(found, "objectId")).casefold(),
            tenant=tenant,
            name=at(found, "name"),
            email=at(found, "email"),
            upn=at(found, "userPrincipalName"),
            guest=at(found, "userRole").casefold() not in ("", "user", "owner") or tenant != ref.tenant,
        )

    async def _call(self, method: HTTPMethod, service_url: str, path: tuple[str, ...], body: Json | None = None, query: str = "") -> Json:
        try:
            answer = await self._tried(method, service_url, path, body, query)
        except CannotDeliver as why:
            self.standing.refused(why)
            raise
        self.standing.answered()
        return answer

    async def _tried(self, method: HTTPMethod, service_url: str, path: tuple[str, ...], body: Json | None, query: str) -> Json:
        if not self._hosts.good(service_url):
            raise CannotDeliver("nothing is sent to an address that Microsoft has not vouched for", permanent=True)
        url = _place(service_url, path, query)
        data = None if body is None else json.dumps(body).encode()
        token = await self._tokens.get() if self._tokens else ""
        status, head, said = await self._sent(method, url, token, data)
        if status == HTTPStatus.UNAUTHORIZED and self._tokens and self._tokens.refused(token):
            status, head, said = await self._sent(method, url, await self._tokens.get(), data)
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return said
        raise _meaning(status, head.get("Retry-After", ""), code(said), obstacle(status, said, method, path))

    async def _sent(self, method: HTTPMethod, url: URL, token: str, data: bytes | None) -> tuple[int, Any, Json]:
        """Redirects are not followed: they would take the token along."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            async with self._session.request(method, url, data=data, headers=headers, allow_redirects=False) as answer:
                return answer.status, answer.headers, _json(await answer.read())
        except (aiohttp.ClientError, TimeoutError, OSError) as why:
            raise CannotDeliver(f"Teams was not reached ({type(why).__name__})", permanent=False) from why


def _addressed(ref: TeamsRef, message: Json) -> Json:
    """A message says from whom it is, for the connector does not."""
    return {"type": "message"} | message | {"from": {"id": ref.bot}, "conversation": {"id": ref.target, "tenantId": ref.tenant}}


def _json(body: bytes) -> Json:
    try:
        said = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _meaning(status: int, after: str, code: str, obstacle: Obstacle) -> CannotDeliver:
    said = f"Teams said {status} {code}".rstrip()
    if status == HTTPStatus.UNAUTHORIZED:
        log.error("Teams does not let us in: %s", said)
        return LockedOut(said, permanent=False, after=LOCKED_OUT_FOR)
    if status == HTTPStatus.NOT_FOUND:
        return NotFound(said, permanent=True, obstacle=obstacle)
    passes = status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR or status < HTTPStatus.BAD_REQUEST
    return CannotDeliver(said, permanent=not passes, after=_seconds(after) if passes else None, obstacle=obstacle)


def _seconds(after: str) -> float | None:
    """Seconds, or a date; whatever else it is, nothing was said."""
    if after.isascii() and after.isdigit():
        return min(float(after), LONGEST)
    try:
        wait = parsedate_to_datetime(after).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, 0.0), LONGEST)


def _place(service_url: str, path: tuple[str, ...], query: str) -> URL:
    """Raises CannotDeliver for an id with half a character in it, which no address can hold."""
    try:
        return URL("/".join((service_url.rstrip("/"), "v3", *(quote(part, safe="") for part in path))) + query, encoded=True)
    except UnicodeEncodeError as why:
        raise CannotDeliver("there can be no such place", permanent=True) from why
