"""The platforms that the settings name, each put together behind one shape. Not here: when they are opened and closed."""

from typing import Protocol

import aiohttp
from aiohttp import web

from adapters.slack.many import ManyWorkspaces
from adapters.slack.workspace import OneWorkspace
from adapters.slack.workspace import Shared as SlackShared
from adapters.standing import Known
from bot import wiring
from bot.settings import Served
from handlers.desk import Desk
from handlers.people import Platform
from handlers.ports import Chat, Packs, Store
from storage.vault import FernetVault


class Door(Protocol):
    """One platform: what comes in goes to the desk, what goes out through `chat`."""

    @property
    def chat(self) -> Chat: ...
    @property
    def standing(self) -> Known: ...
    def listen(self, desk: Desk) -> None: ...
    def route(self, app: web.Application) -> None: ...
    async def start(self) -> None: ...  # keep open what must be, until cancelled
    async def introduce(self) -> None: ...  # ask the platform whether it lets us in
    def hush(self) -> None: ...  # draw nothing anew any more
    async def close(self) -> None: ...  # take nothing more
    async def finish(self) -> None: ...  # wait until everything begun is done


def doors(served: Served, store: Store, session: aiohttp.ClientSession, known: Packs) -> dict[Platform, Door]:
    """Return a door for each platform that is set up."""
    found: dict[Platform, Door] = {}
    if served.slack is not None:
        on_closed = wiring.on_closed(store, known)
        shared = SlackShared(served.slack, session, store, wiring.clock, served.district, served.tech_channel, on_closed)
        many = served.slack.many
        found[Platform.slack] = ManyWorkspaces(shared, FernetVault(served.secret_keys)) if many else OneWorkspace(shared)
    if served.teams is not None:
        from adapters.teams.bot import Shared as TeamsShared  # noqa: PLC0415  # Microsoft's kit takes half a second and 36 MiB
        from adapters.teams.bot import TeamsBot  # noqa: PLC0415

        found[Platform.teams] = TeamsBot(TeamsShared(served.teams, session, store, wiring.clock, served.district))
    return found


def told(served: Served) -> str:
    """Return where each platform comes in, for whoever starts the bot."""
    ways = []
    if slack := served.slack:
        way = "over Socket Mode" if slack.app_token else "at /slack/events"
        ways.append(f"Slack {way}" + (f", installed at {slack.public_url}/slack/install" if slack.many else ""))
    if served.teams:
        ways.append("Teams at /api/messages")
    return "; ".join(ways)
