"""Calling Slack: what its refusals mean, and which of them pass. Not here: what is said, how long it is tried.

Source: docs.slack.dev/apis/web-api/rate-limits; the errors by name are in errors.py.
"""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.errors import LOCKED_OUT, OBSTACLES, PASSING
from adapters.slack.wire import told
from adapters.standing import LockedOut, Standing
from handlers.obstacles import Obstacle
from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)

ONE_METHOD = frozenset({"missing_scope"})  # of those that lock us out: other methods may well work
# Not every app was given these; being refused them locks nobody out.
EXTRAS = ("assistant.threads.", "chat.startStream")
Calling = Callable[[], Awaitable[AsyncSlackResponse]]
LOCKED_OUT_FOR = 60.0  # seconds until it is tried again
REST = 5.0  # seconds: what Slack has not answered within the client's patience may still be about to appear, and would come twice


class Token(Protocol):
    """What a client is let in with, where that does not stay the same."""

    async def ready(self) -> None: ...  # good for a call now; raises CannotDeliver
    def refused(self) -> None: ...  # Slack did not take it


class Caller:
    """One workspace's Web API."""

    def __init__(self, client: AsyncWebClient, token: Token | None = None) -> None:
        self._client = client
        self.standing = Standing()
        self._token = token

    async def call(self, method: str, **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401  # Slack's own arguments
        """Call Slack once. Raises CannotDeliver, and nothing else of Slack's or the network's."""
        return await self._called(method, lambda: told(self._client, method, arguments))

    async def look(self, method: str, **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401  # as above
        """Read something of Slack's: such methods take no JSON. Raises CannotDeliver, as above."""
        return await self._called(method, lambda: self._client.api_call(method, http_verb="GET", params=arguments))

    async def _called(self, method: str, call: Calling) -> AsyncSlackResponse:
        if self._token is not None:
            await self._token.ready()
        try:
            answer = await self._tried(method, call)
        except CannotDeliver as why:
            self.standing.refused(why)
            raise
        self.standing.answered()
        return answer

    async def _tried(self, method: str, call: Calling) -> AsyncSlackResponse:
        try:
            return await call()
        except SlackClientError as refused:
            meaning = _meaning(method, getattr(refused, "response", None))
            if self._token is not None and meaning.after == LOCKED_OUT_FOR:
                self._token.refused()
            raise meaning from refused
        except (aiohttp.ClientError, TimeoutError, OSError) as why:
            rest = REST if isinstance(why, TimeoutError) else 0.0
            raise CannotDeliver(f"Slack was not reached ({type(why).__name__})", permanent=False, rest=rest) from why
        except (AttributeError, ValueError) as why:  # what came back was no answer of Slack's, and its kit stumbled over it
            raise CannotDeliver(f"Slack's answer could not be read ({type(why).__name__})", permanent=False) from why


def _meaning(method: str, answer: Any) -> CannotDeliver:  # noqa: ANN401  # Slack's answer, or what stood in its place
    status = getattr(answer, "status_code", getattr(answer, "status", 0))
    data = getattr(answer, "data", None)
    said = data.get("error") if isinstance(data, dict) else None
    if said in LOCKED_OUT and not (said == "missing_scope" and method.startswith(EXTRAS)):
        log.error("Slack does not let us in: %s said %s", method, said)
        kind = CannotDeliver if said in ONE_METHOD else LockedOut
        return kind(f"Slack said {said}", permanent=False, after=LOCKED_OUT_FOR)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return CannotDeliver("Slack asks for a pause", permanent=False, after=float(answer.headers.get("Retry-After", 1)))
    passes = said is None or said in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return CannotDeliver(f"Slack said {said or status}", permanent=not passes, obstacle=OBSTACLES.get(str(said), Obstacle.refused))
