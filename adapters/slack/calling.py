"""Calling Slack: what its refusals mean, which of them pass, and how long to wait. Not here: what is said.

Source: docs.slack.dev/apis/web-api/rate-limits, docs.slack.dev/reference/methods/chat.postMessage (errors).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)

WAITS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, *(60.0,) * 60)  # seconds between attempts at an answer, for an hour; nothing else keeps it
PASSING = frozenset({"fatal_error", "internal_error", "rate_limited", "ratelimited", "request_timeout", "service_unavailable"})
# Nothing reaches anybody until an administrator mends it: cards wait so long, and are not given up.
LOCKED_OUT = frozenset({"account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_expired", "token_revoked"})
LOCKED_OUT_FOR = 60.0  # seconds until it is tried again


class Caller:
    """One workspace's Web API."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def call(self, method: str, **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401  # Slack's own arguments
        """Call Slack once. Raises CannotDeliver, and nothing else of Slack's or the network's."""
        return await self._called(method, json=arguments)

    async def look(self, method: str, **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401  # as above
        """Read something of Slack's: such methods take no JSON. Raises CannotDeliver, as above."""
        return await self._called(method, http_verb="GET", params=arguments)

    async def _called(self, method: str, **how: Any) -> AsyncSlackResponse:  # noqa: ANN401  # of Slack's kit
        try:
            return await self._client.api_call(method, **how)
        except SlackClientError as refused:
            raise _meaning(method, getattr(refused, "response", None)) from refused
        except (aiohttp.ClientError, TimeoutError, OSError) as why:
            raise CannotDeliver(f"Slack was not reached ({type(why).__name__})", permanent=False) from why
        except (AttributeError, ValueError) as why:  # what came back was no answer of Slack's, and its kit stumbled over it
            raise CannotDeliver(f"Slack's answer could not be read ({type(why).__name__})", permanent=False) from why


async def patiently(call: Callable[[], Awaitable[Any]]) -> bool:
    """Say whether it arrived in the end; waits out whatever passes."""
    for wait in WAITS:
        try:
            await call()
        except CannotDeliver as why:
            if why.permanent:
                log.warning("answer not delivered: %s", why)
                return False
            await asyncio.sleep(why.after if why.after is not None else wait)
        else:
            return True
    log.error("answer given up: Slack has been away too long")
    return False


def _meaning(method: str, answer: Any) -> CannotDeliver:  # noqa: ANN401  # Slack's answer, or what stood in its place
    status = getattr(answer, "status_code", getattr(answer, "status", 0))
    data = getattr(answer, "data", None)
    said = data.get("error") if isinstance(data, dict) else None
    if said in LOCKED_OUT:
        log.error("Slack does not let us in: %s said %s", method, said)
        return CannotDeliver(f"Slack said {said}", permanent=False, after=LOCKED_OUT_FOR)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return CannotDeliver("Slack asks for a pause", permanent=False, after=float(answer.headers.get("Retry-After", 1)))
    passes = said is None or said in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return CannotDeliver(f"Slack said {said or status}", permanent=not passes)
