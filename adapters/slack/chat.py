"""The way out to Slack: cards posted, rewritten and whispered, at Slack's pace. Not here: how a card looks, what a refusal means."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.patience import patiently
from adapters.slack import noted
from adapters.slack.agent import Agent
from adapters.slack.calling import Caller, Token
from adapters.slack.draw import draw
from adapters.slack.finding import CARD, found
from adapters.slack.memory import forget_some
from adapters.slack.pace import Pace
from adapters.slack.place import Place
from adapters.slack.saying import Answers, Saying
from adapters.slack.stream import Stream
from handlers.cards import Card
from handlers.people import Address
from handlers.ports import CannotDeliver, Chat, Store

log = logging.getLogger(__name__)


class SlackChat(Caller, Chat):
    """One workspace, through one client with one pooled session."""

    def __init__(
        self,
        client: AsyncWebClient,
        store: Store,
        technology: str = "",
        token: Token | None = None,
        on_closed: noted.Closed = noted.unheard,
    ) -> None:
        super().__init__(client, token)
        self._store = store
        self._technology = technology  # the channel of the technology department, if it has one
        self._sharing = asyncio.Lock()
        self._in_doubt: set[str] = set()  # cards for the department that may have arrived
        self.on_news: Callable[[str], None] = lambda _: None  # something of this user's changed
        self._on_closed = on_closed
        self._direct: dict[str, str] = {}
        self._paces: dict[str, Pace] = {}
        self.agent = Agent(self)
        self._saying = Answers(self, store, Stream(self, store, self.agent))

    async def introduce(self) -> None:
        """Ask Slack whether our token is good, so that a wrong one stands in the log before anybody misses an answer."""
        await patiently(lambda: self.call("auth.test"))

    async def post(self, to: Address, card: Card, key: str, beneath: str = "", shared: str = "", *, again: bool = False) -> str:
        """Post the card to the person's direct messages; return where it stands.

        What is about the same request stands in one thread, and is shown beside it too: nobody looks into a thread without being told.
        """
        about = {"event_type": CARD, "event_payload": {"key": shared or key}}
        message = await self._arrived(to, shared or key, beneath, shared) if again else ""
        if shared and self._technology and not message:
            message = await self._in_the_department(shared, card, about)
        if beneath and not message:
            message = await self._beneath(beneath, card, about)
        message = message or await self.posted_to(to.user, card, metadata=about)
        self.on_news(to.user)
        return message

    async def _arrived(self, to: Address, key: str, beneath: str, shared: str) -> str:
        """Return where a card stands that was sent before with nobody told so: its key is in the message; nothing if it never came."""
        for place in (
            *([Place(self._technology)] if shared and self._technology else []),
            *([Place.read(beneath)] if beneath else []),
            await self.direct(to.user),
        ):
            if message := await found(self, place, key):
                return message
        return ""

    async def _beneath(self, first: str, card: Card, about: dict[str, Any]) -> str:
        """Post into a request's thread; nothing where Slack no longer has its first message."""
        try:
            return await self.posted(Place.read(first), card, metadata=about, reply_broadcast=True)
        except CannotDeliver as why:
            if why.permanent:
                return ""
            raise

    async def _in_the_department(self, shared: str, card: Card, about: dict[str, Any]) -> str:
        """Post once for all of the department; nothing where its channel cannot be written to: then each gets a copy of their own."""
        async with self._sharing:
            place = Place(self._technology)
            if kept := await self._store.read(noted.kept, shared):
                return kept
            try:
                doubted = await found(self, place, shared) if shared in self._in_doubt else ""  # another member's try may have arrived
                message = doubted or await self.posted(place, card, metadata=about)
            except CannotDeliver as why:
                if not why.permanent:
                    self._in_doubt.add(shared)
                    raise
                log.error("the technology department's channel cannot be written to: %s", why)  # noqa: TRY400  # Slack's word says it all
                await self._on_closed(shared, why.obstacle)
                return ""
            self._in_doubt.discard(shared)
            await self._store.write(noted.keep, shared, message)
            return message

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Rewrite a card where it stands; blocks are always sent, for Slack keeps old buttons otherwise."""
        place = Place.read(message)
        await self.call("chat.update", channel=place.channel, ts=place.thread, **draw(card))
        self.on_news(to.user)

    async def say(self, place: Place, card: Card, key: str, user: str = "", *, again: bool = False, ours: bool = False) -> None:
        """Answer in a thread, or the user directly, once for each key however often it is asked; waits out whatever passes.

        What is said in one channel keeps its order. `again`: an earlier life of ours may have said it; `ours`: it was just taken on.
        """
        await self._saying.say(Saying(place, card, key, user, ours), again=again)

    def is_saying(self, key: str) -> bool:
        """Say whether an answer of that key is on its way out."""
        return self._saying.is_under_way(key)

    async def whisper(self, place: Place, user: str, card: Card) -> None:
        """Tell one person where she is, and nobody else; in her direct messages where that cannot be.

        In direct messages nobody else reads, and Slack shows whispers in a thread only once somebody has answered there.
        """
        if place.is_direct:
            await patiently(lambda: self._posted_between(place, user, card))
        elif not place.channel or not await patiently(
            lambda: self.call("chat.postEphemeral", user=user, **_at(place if place.live else Place(place.channel)), **draw(card))
        ):
            await patiently(lambda: self.posted_to(user, card))

    async def _posted_between(self, place: Place, user: str, card: Card) -> str:
        """Post where the two of us talk; whoever reached somebody else's messages hears of it in her own."""
        own = await self.direct(user)
        return await self.posted(place if place.channel == own.channel else own, card)

    async def posted(self, place: Place, card: Card, **more: Any) -> str:  # noqa: ANN401  # Slack's own arguments
        """Post once, at the channel's pace; return where it stands. Raises CannotDeliver."""
        pace = self.pace(place.channel)
        await pace.wait(
            at_once=more.get("metadata", {}).get("event_type") != CARD
        )  # somebody waits for an answer, and asks no faster than people do
        try:
            answer = await self.call("chat.postMessage", unfurl_links=False, unfurl_media=False, **_at(place), **draw(card), **more)
        except CannotDeliver as why:
            pace.hold(why.after or 0.0)
            raise
        return str(Place(str(answer["channel"]), str(answer["ts"])))

    async def posted_to(self, user: str, card: Card, **more: Any) -> str:  # noqa: ANN401  # as above
        """Post to the person's direct messages, wherever they are now. Raises CannotDeliver."""
        known = user in self._direct
        try:
            return await self.posted(await self.direct(user), card, **more)
        except CannotDeliver as why:
            if not (why.permanent and known):
                raise
            self._direct.pop(user, None)  # asked for again, Slack says what has become of the person
        return await self.posted(await self.direct(user), card, **more)

    async def direct(self, user: str) -> Place:
        """Return the person's direct messages, which Slack opens when asked. Raises CannotDeliver."""
        if user not in self._direct:
            answer = await self.call("conversations.open", users=user)
            forget_some(self._direct)
            self._direct[user] = str(answer["channel"]["id"])
        return Place(self._direct[user])

    def pace(self, channel: str) -> Pace:
        """Return how fast the channel is written to."""
        if channel not in self._paces:
            forget_some(self._paces)
            self._paces[channel] = Pace()
        return self._paces[channel]


def _at(place: Place) -> dict[str, str]:
    return {"channel": place.channel, "thread_ts": place.thread} if place.thread else {"channel": place.channel}
