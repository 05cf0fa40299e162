"""The token of an installation, as its client carries it: read when it is first needed, exchanged before it runs out. Not here: calls.

Source: docs.slack.dev/authentication/using-token-rotation (a token lives for twelve hours; each refresh token is good once).
"""

import asyncio
import logging
import time

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calling import LOCKED_OUT_FOR
from adapters.slack.installed import Installations, Installed
from handlers.ports import CannotDeliver
from handlers.trouble import Trouble

log = logging.getLogger(__name__)

EARLY = 7200  # seconds before its end that a token is exchanged
AGAIN = 60.0  # seconds until an exchange that failed is tried again


class NotInstalled(CannotDeliver):
    """No workspace of that name lets us in: nothing can be sent there until somebody installs the app."""

    def __init__(self, tenant: str) -> None:
        """Name the workspace, for the log and for `hallpass check`."""
        super().__init__(f"Hallpass is not installed in the Slack workspace {tenant}", permanent=True)


class RotatingToken:
    """One installation's; replicas that share the database use each other's exchanges."""

    def __init__(self, client: AsyncWebClient, installations: Installations, rotator: AsyncTokenRotator, tenant: str) -> None:
        self._client, self._installations, self._rotator, self._tenant = client, installations, rotator, tenant
        self._lock = asyncio.Lock()
        self._good_until = 0.0  # on the machine's clock; then it is looked at again
        self._unkept: tuple[Installed, Bot] | None = None  # exchanged while the database was away

    async def ready(self) -> None:
        """Have the client carry a token that is good now. Raises CannotDeliver; NotInstalled where we were shown out."""
        if time.time() < self._good_until:
            return
        async with self._lock:
            if time.time() >= self._good_until:
                try:
                    await self._look()
                except Trouble as why:
                    raise CannotDeliver(str(why), permanent=False) from why

    def refused(self) -> None:
        """Look again before the next call: somebody may have shown us out, or let us in anew."""
        self._good_until = 0.0

    async def _look(self) -> None:
        if self._unkept is not None:
            await self._keep(*self._unkept)
            return
        installed = await self._installations.find(self._tenant)
        if installed is None:
            raise NotInstalled(self._tenant)
        self._use(installed.bot)
        if time.time() >= self._good_until:
            await self._exchange(installed)

    async def _exchange(self, installed: Installed) -> None:
        try:
            bot = await self._rotator.perform_bot_token_rotation(bot=installed.bot, minutes_before_expiration=EARLY // 60)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as why:
            log.warning("the token of workspace %s was not exchanged (%s)", self._tenant, type(why).__name__)
            bot = None
        if bot is None:
            await self._do_without(installed)
        else:
            await self._keep(installed, bot)

    async def _keep(self, installed: Installed, bot: Bot) -> None:
        """Use it whether or not it can be kept now: the one before it is spent."""
        self._unkept = installed, bot
        self._use(bot)
        try:
            await self._installations.renewed(installed, bot)
        except Trouble as why:
            log.error("the new token of workspace %s is not kept yet: %s", self._tenant, why)  # noqa: TRY400  # its words say it all
            self._good_until = time.time() + AGAIN
        else:
            self._unkept = None

    async def _do_without(self, installed: Installed) -> None:
        """Go on with a token that still lives; another replica may have exchanged it meanwhile."""
        now = await self._installations.find(self._tenant)
        if now is not None and now.bot.bot_token != installed.bot.bot_token:
            self._use(now.bot)
        elif (installed.bot.bot_token_expires_at or 0) > time.time():
            self._good_until = time.time() + AGAIN
        else:
            raise CannotDeliver(f"the token of workspace {self._tenant} has run out", permanent=False, after=LOCKED_OUT_FOR)

    def _use(self, bot: Bot) -> None:
        self._client.token = bot.bot_token
        ends = bot.bot_token_expires_at
        self._good_until = float("inf") if ends is None else ends - EARLY
