"""Many workspaces, each with its own token: whose request it is, through whom a card leaves, who has shown us out. Not here: installing.

Slack's kit could keep one app for all; a listener, a chat and an app for each keep what one workspace is told apart from the next.
"""

import asyncio
import logging

import aiohttp
from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackApp
from adapters.slack.chat import SlackChat
from adapters.slack.draw import Json
from adapters.slack.installed import Installations, States
from adapters.slack.lobby import Lobby
from adapters.slack.memory import forget_some
from adapters.slack.oauth import Installing
from adapters.slack.senseless import received
from adapters.slack.tokens import NotInstalled, RotatingToken
from adapters.slack.unsaid import Unsaid
from adapters.slack.workspace import OneWorkspace, Shared
from adapters.standing import Together
from handlers.cards import Card
from handlers.desk import Desk
from handlers.people import Address
from handlers.ports import CannotDeliver, Chat, Vault
from handlers.trouble import Trouble

log = logging.getLogger(__name__)

OUT = ("account_inactive", "invalid_auth", "token_revoked")  # so Slack refuses the token of whoever was shown out


class ManyWorkspaces(Chat):
    """A workspace is opened when it is first heard of; it stays open, for it may be installed again."""

    def __init__(self, shared: Shared, vault: Vault) -> None:
        self._shared = shared
        self._installations = Installations(shared.store, vault, shared.clock)
        self._lobby = Lobby(shared.keys, shared.session, self._shown_out)
        self._installing = Installing(shared.keys, self._lobby.client, self._installations, States(shared.store, vault), self._forget)
        self._verifier = SignatureVerifier(shared.keys.signing_secret)
        self._rotator = AsyncTokenRotator(
            client_id=shared.keys.client_id, client_secret=shared.keys.client_secret, client=self._lobby.client
        )
        self._desk: Desk | None = None
        self._open: dict[str, OneWorkspace] = {}  # by the tenant that installed the app
        self._found: dict[tuple[str, ...], OneWorkspace] = {}  # by what Slack or the directory calls it

    @property
    def chat(self) -> Chat:
        """Return the way out to all of them."""
        return self

    async def post(self, to: Address, card: Card, key: str, beneath: str = "", shared: str = "", *, again: bool = False) -> str:
        """Post the card in the person's own workspace."""
        return await (await self._reached(to)).chat.post(to, card, key, beneath, shared, again=again)

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Rewrite a card where it stands."""
        await (await self._reached(to)).chat.update(to, message, card)

    def listen(self, desk: Desk) -> None:
        """Bring what is said and pressed in any of them to the desk."""
        self._desk = desk

    def route(self, app: web.Application) -> None:
        """Put on the application what Slack calls, and where people install the app."""
        app.router.add_post("/slack/events", self._take)
        self._installing.route(app)

    @property
    def standing(self) -> Together:
        """Whether Slack lets us in anywhere."""
        return Together(lambda: [one.standing for one in self._open.values()])

    async def start(self) -> None:
        """Say what an earlier life of ours has left unsaid, until cancelled."""
        if self._desk is not None:
            await Unsaid(self._shared.store, self._shared.clock, self._desk, self._chat_of).keep_saying()

    async def introduce(self) -> None:
        """Ask Slack whether each token is good, exchanging those that are about to run out."""
        await asyncio.gather(*(self._opened(tenant).introduce() for tenant in await self._installations.tenants()))

    def hush(self) -> None:
        """Draw nothing anew any more."""
        for one in self._open.values():
            one.hush()

    async def close(self) -> None:
        """Nothing was kept open."""

    async def finish(self) -> None:
        """Wait until everything begun is done."""
        await asyncio.gather(*(one.finish() for one in self._open.values()))

    async def of(self, *tenants: str) -> OneWorkspace:
        """Return the workspace of the first of these, a team and the enterprise above it, that installed the app. Raises NotInstalled."""
        named = tuple(filter(None, tenants))
        if named not in self._found:
            installed = await self._installations.find(*named)
            if installed is None:
                raise NotInstalled(" of ".join(named))
            tenant = installed.workspace.tenant
            if tenant in named[1:]:
                await self._installations.beneath(named[0], tenant)
            forget_some(self._found)
            self._found[named] = self._opened(tenant)
        return self._found[named]

    def _opened(self, tenant: str) -> OneWorkspace:
        if tenant not in self._open:
            self._open[tenant] = one = OneWorkspace(self._shared, lambda client: self._token(client, tenant))
            if self._desk is not None:
                one.listen(self._desk)
        return self._open[tenant]

    def _token(self, client: AsyncWebClient, tenant: str) -> RotatingToken:
        return RotatingToken(client, self._installations, self._rotator, tenant)

    async def _chat_of(self, to: Address) -> SlackChat:
        return (await self._reached(to)).chat

    async def _reached(self, to: Address) -> OneWorkspace:
        try:
            tenant = await self._installations.above(to.tenant) if (to.tenant,) not in self._found else None
            return await self.of(tenant or to.tenant)
        except NotInstalled as why:
            log.error("a card is given up: %s", why)  # noqa: TRY400  # its words say it all
            raise
        except Trouble as why:
            raise CannotDeliver(str(why), permanent=False) from why

    async def _take(self, request: web.Request) -> web.Response:
        asked = await received(request)
        try:
            return await (await self._door(asked)).dispatch(asked)
        except Trouble as why:
            log.error("what came from Slack was not taken: %s", why)  # noqa: TRY400  # as above
            return web.Response(status=503)  # Slack brings an event again

    async def _door(self, asked: AsyncBoltRequest) -> SlackApp | Lobby:
        """Return who answers; whoever is not Slack learns nothing of who installed the app."""
        if self._lobby.wants(asked) or not self._signed(asked):
            return self._lobby
        try:
            return (await self.of(asked.context.team_id or "", asked.context.enterprise_id or "")).app
        except NotInstalled:
            return self._lobby

    def _signed(self, asked: AsyncBoltRequest) -> bool:
        stamp, signature = (asked.headers.get(f"x-slack-{name}", [""])[0] for name in ("request-timestamp", "signature"))
        return stamp.isdigit() and self._verifier.is_valid(asked.raw_body, stamp, signature)

    async def _shown_out(self, tenants: tuple[str, ...], body: Json) -> None:
        tenant = await self._meant(*tenants)
        if await self._installations.removed(tenant, body["event_id"]):
            log.error("the Slack workspace %s has removed Hallpass: nothing more is sent there until it is installed again", tenant)
        self._forget()

    async def _meant(self, tenant: str, *above: str) -> str:
        """Return whose tokens are gone. A team without any of its own is named where its organization shows us out, or takes it away."""
        found = await self._installations.find(tenant, *above)
        if found is None or found.workspace.tenant == tenant or await self._is_in(found.bot):
            return tenant
        return found.workspace.tenant

    async def _is_in(self, bot: Bot) -> bool:
        """Ask Slack whether it takes the token; where it does not say no, it may."""
        try:
            await self._lobby.client.auth_test(token=bot.bot_token)
        except SlackApiError as refused:
            return refused.response.get("error") not in OUT
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass
        return True

    def _forget(self) -> None:
        """Look again who installed the app, and with which token."""
        self._found.clear()
        for one in self._open.values():
            if one.token is not None:
                one.token.refused()
