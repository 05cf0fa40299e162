"""One bot in Teams, put together: its gateway, its chat, its people, and who listens. Not here: what each of them does."""

from dataclasses import dataclass

import aiohttp
from aiohttp import web

from adapters.standing import Standing
from adapters.teams.activity import Incoming, Json, Sender
from adapters.teams.chat import TeamsChat
from adapters.teams.gateway import TeamsGateway
from adapters.teams.keys import Keys
from adapters.teams.listen import Listener
from adapters.teams.people import TeamsPeople
from adapters.teams.refs import TeamsRef
from adapters.teams.unsaid import Unsaid
from handlers.desk import Desk
from handlers.people import DistrictKey
from handlers.ports import CannotDeliver, Clock, Store

MESSAGES = "/api/messages"


@dataclass(frozen=True, slots=True)
class Shared:
    """What the bot needs of its process."""

    keys: Keys
    session: aiohttp.ClientSession
    store: Store
    clock: Clock
    district: DistrictKey


class TeamsBot:
    """Everything of one bot's registration."""

    def __init__(self, shared: Shared) -> None:
        self._gateway = TeamsGateway(shared.keys, shared.session, self._take)
        self.chat = TeamsChat(self._gateway, shared.store, shared.clock)
        self._people = TeamsPeople(shared.store, shared.district, self._email, shared.clock)
        self._store, self._clock = shared.store, shared.clock
        self._listener: Listener | None = None
        self._unsaid: Unsaid | None = None

    def listen(self, desk: Desk) -> None:
        """Bring what is said and pressed there to the desk."""
        self._listener = Listener(desk, self._people, self.chat)
        self._unsaid = Unsaid(self._store, self._clock, desk, self.chat)

    def route(self, app: web.Application) -> None:
        """Put on the application what Microsoft calls."""
        app.router.add_post(MESSAGES, self._gateway.handle_http)

    @property
    def standing(self) -> Standing:
        """Whether Microsoft lets us in."""
        return self._gateway.standing

    async def start(self) -> None:
        """Say what an earlier life of ours has left unsaid, until cancelled."""
        if self._unsaid is not None:
            await self._unsaid.keep_saying()

    async def introduce(self) -> None:
        """Ask Microsoft whether it lets us in."""
        try:
            await self._gateway.introduce()
        except CannotDeliver as why:
            self.standing.refused(why)
        else:
            self.standing.answered()

    def hush(self) -> None:
        """Nothing is drawn anew without being asked for."""

    async def close(self) -> None:
        """Nothing was kept open."""

    async def finish(self) -> None:
        """Wait until everything begun is done."""
        if self._listener is not None:
            await self._listener.close()

    async def _take(self, incoming: Incoming) -> Json | None:
        return await self._listener.take(incoming) if self._listener is not None else None

    async def _email(self, ref: TeamsRef, sender: Sender) -> str | None:
        """Return what the tenant says a member's mail is; nothing of guests."""
        member = await self._gateway.member(ref, sender.id)
        return None if member is None or member.guest or member.aad != sender.aad else member.email or member.upn or None
