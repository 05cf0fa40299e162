"""Slack's kit, set up: the Bolt app, its one client with one pooled session, and Socket Mode. Not here: what is listened for.

Source: docs.slack.dev/tools/bolt-python; a connection for every call costs half as much again, so all calls share one session.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.events import LAST, RETRY, Events, Hears
from adapters.slack.keys import Keys
from adapters.slack.senseless import answered, guard, received

PATIENCE = 10  # seconds that a call to Slack may take, where the session does not say
LOOK = 10.0  # seconds between two looks at the line
NEVER_CHECKED = "socket-mode-has-no-signatures"  # Bolt wants a secret; over a WebSocket that we opened nothing is signed


class SlackApp:
    """One workspace's Bolt app and client; `bolt` takes the listeners."""

    def __init__(self, keys: Keys, session: aiohttp.ClientSession) -> None:
        self._keys = keys
        self.client = AsyncWebClient(
            keys.bot_token, base_url=keys.base_url, timeout=PATIENCE, session=session, retry_handlers=[], logger=unspoken()
        )
        self.bolt = AsyncApp(
            name="hallpass",
            client=self.client,
            signing_secret=keys.signing_secret or NEVER_CHECKED,
            authorize=_authorizing(self.client),
            logger=quiet(),
            process_before_response=True,  # a press is acknowledged at once, not at the next look; listeners work beside it
        )
        guard(self.bolt)
        self._events = Events(keys.signing_secret or NEVER_CHECKED, {})
        self._socket: AsyncSocketModeHandler | None = None

    def hear(self, listeners: Mapping[str, Hears]) -> None:
        """Hand events of these types over without the kit."""
        self._events = Events(self._keys.signing_secret or NEVER_CHECKED, listeners)

    def route(self, app: web.Application) -> None:
        """Put signed HTTP on the application, unless Socket Mode brings everything."""
        if not self._keys.app_token:
            app.router.add_post("/slack/events", self._take)

    async def start(self) -> None:
        """Keep Socket Mode open where it is wanted, until cancelled."""
        if self._keys.app_token:
            self._socket = AsyncSocketModeHandler(self.bolt, self._keys.app_token, web_client=self.client)
            self._socket.client.web_client = AsyncWebClient(base_url=self._keys.base_url, timeout=PATIENCE)
            await asyncio.gather(self._socket.connect_async(), _watch(self._socket.client))  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Take nothing more."""
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]

    async def _take(self, request: web.Request) -> web.Response:
        return await self._events.take(request) or await self.dispatch(await received(request))

    async def dispatch(self, request: AsyncBoltRequest, *, signed: bool = False) -> web.Response:
        """Answer one request, once its signature was found to be good; `signed`: by whoever brings it."""
        last = request.headers.get(RETRY) == [LAST]
        return (signed and await self._events.hand_over(request.body, last=last)) or await answered(self.bolt, request)


async def _watch(client: SocketModeClient) -> None:
    """Have a new address asked for whenever the line is down: the kit would try the old one for ever, and each is good once."""
    while True:
        await asyncio.sleep(LOOK)
        if not await client.is_connected():
            client.wss_uri = None


def _authorizing(client: AsyncWebClient) -> Callable[..., Awaitable[AuthorizeResult]]:
    """One token serves the workspace, so Slack need not be asked whose it is."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    return authorize


def quiet() -> logging.Logger:
    """Return a logger for Bolt, which warns of settings that it finds in the environment, and of events that nobody listens for."""
    logger = logging.getLogger("slack_bolt.hallpass")
    logger.setLevel(logging.ERROR)
    return logger


def unspoken() -> logging.Logger:
    """Return a logger for Slack's client: where its level is not set, the client spells out every call and answer, for nobody to read."""
    logger = logging.getLogger("slack_sdk.hallpass")
    logger.setLevel(logging.WARNING)
    return logger
