"""Where everything goes that comes from no workspace that lets us in: a polite answer, and word of who has shown us out.

Source: docs.slack.dev/reference/events/app_uninstalled and tokens_revoked; they may come in either order, and more than once.
"""

from collections.abc import Awaitable, Callable
from typing import cast

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import PATIENCE, quiet
from adapters.slack.draw import Json
from adapters.slack.keys import Keys
from adapters.slack.senseless import answered, guard

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"
SORRY = "Hallpass is not installed in this workspace any more. Whoever looks after Slack here can install it again."

ShownOut = Callable[[tuple[str, ...], Json], Awaitable[None]]  # the team and the organization above it, and what Slack said


class Lobby:
    """`client` has no token: installing and exchanging tokens need none."""

    def __init__(self, keys: Keys, session: aiohttp.ClientSession, shown_out: ShownOut) -> None:
        self.client = AsyncWebClient(base_url=keys.base_url, timeout=PATIENCE, session=session, retry_handlers=[])
        self._shown_out = shown_out
        self._bolt = AsyncApp(
            name="hallpass",
            client=self.client,
            signing_secret=keys.signing_secret,
            authorize=_nobody,
            logger=quiet(),
            process_before_response=True,
            user_facing_authorize_error_message=SORRY,
        )
        guard(self._bolt)
        self._bolt.event(UNINSTALLED)(self._uninstalled)
        self._bolt.event(REVOKED)(self._revoked)

    def wants(self, asked: AsyncBoltRequest) -> bool:
        """Say whether it is about tokens, and so about no conversation."""
        event = asked.body.get("event")
        return isinstance(event, dict) and event.get("type") in (UNINSTALLED, REVOKED)

    async def dispatch(self, asked: AsyncBoltRequest) -> web.Response:
        """Answer one request, once its signature was found to be good."""
        return await answered(self._bolt, asked)

    async def _uninstalled(self, body: Json, context: AsyncBoltContext) -> None:
        await self._shown_out(_tenants(context), body)

    async def _revoked(self, event: Json, body: Json, context: AsyncBoltContext) -> None:
        """Only the bot's own tokens matter: those of people are neither asked for nor kept."""
        if event["tokens"].get("bot"):
            await self._shown_out(_tenants(context), body)


def _tenants(context: AsyncBoltContext) -> tuple[str, ...]:
    whole = context.is_enterprise_install or not context.team_id
    return (context.enterprise_id or "",) if whole else (context.team_id or "", context.enterprise_id or "")


async def _nobody() -> AuthorizeResult:
    """Nobody here is let in: Bolt takes None for that."""
    return cast("AuthorizeResult", None)
