"""One workspace, put together: its app, its chat, its people, and who listens there. Not here: what each of them does."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import noted
from adapters.slack.app import SlackApp
from adapters.slack.calling import Token
from adapters.slack.chat import SlackChat
from adapters.slack.keys import Keys
from adapters.slack.line import Line
from adapters.slack.listen import Listener
from adapters.slack.members import Members
from adapters.slack.people import SlackPeople
from adapters.slack.unsaid import Unsaid
from adapters.standing import Both, Known
from handlers.desk import Desk
from handlers.people import Address, DistrictKey
from handlers.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class Shared:
    """What every workspace of a process has in common."""

    keys: Keys
    session: aiohttp.ClientSession
    store: Store
    clock: Clock
    district: DistrictKey
    technology: str = ""  # a channel of the one workspace
    on_closed: noted.Closed = noted.unheard


class OneWorkspace:
    """Everything of one workspace. `token` makes what its client is let in with, where that changes; then any district's people come."""

    def __init__(self, shared: Shared, token: Callable[[AsyncWebClient], Token] | None = None) -> None:
        self.app = SlackApp(shared.keys, shared.session)
        self.token = token(self.app.client) if token else None
        self.chat = SlackChat(self.app.client, shared.store, shared.technology, self.token, shared.on_closed)
        many = token is not None
        self._people = SlackPeople(shared.store, shared.district, Members(self._user).email, shared.clock, mapped=many)
        self._store, self._clock = shared.store, shared.clock
        self._line = Line(shared.keys, shared.session) if shared.keys.app_token else None
        self._listener: Listener | None = None
        self._unsaid: list[Unsaid] = []

    def listen(self, desk: Desk) -> None:
        """Bring what is said and pressed there to the desk."""
        self._listener = Listener(desk, self._people, self.chat)
        self._listener.attach(self.app.bolt)
        self.app.hear(self._listener.events)
        self._unsaid = [Unsaid(self._store, self._clock, desk, self._always)]

    def route(self, app: web.Application) -> None:
        """Put on the application what Slack calls."""
        self.app.route(app)

    @property
    def standing(self) -> Known:
        """Whether Slack lets us in there."""
        return Both(self.chat.standing, self._line.standing) if self._line else self.chat.standing

    async def start(self) -> None:
        """Keep Socket Mode open where it is wanted, and say what an earlier life of ours has left unsaid, until cancelled."""
        await asyncio.gather(self.app.start(), *(unsaid.keep_saying() for unsaid in self._unsaid))

    async def introduce(self) -> None:
        """Ask Slack whether the tokens are good."""
        if self._line is not None:
            await self._line.introduce()
        await self.chat.introduce()

    def hush(self) -> None:
        """Draw nothing anew any more."""
        self.chat.on_news = _unheeded

    async def close(self) -> None:
        """Take nothing more."""
        await self.app.close()

    async def finish(self) -> None:
        """Wait until everything begun is done."""
        if self._listener is not None:
            await self._listener.close()

    async def _always(self, _: Address) -> SlackChat:
        """There is no other workspace."""
        return self.chat

    async def _user(self, user: str) -> AsyncSlackResponse:
        if self.token is not None:
            await self.token.ready()
        return await self.app.client.users_info(user=user)


def _unheeded(_: str) -> None:
    """News that nobody draws any more."""
