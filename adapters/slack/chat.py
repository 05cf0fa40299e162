"""The way out to Slack: cards posted, rewritten and whispered, at Slack's pace. Not here: how a card looks, what a refusal means."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calling import Caller, patiently
from adapters.slack.draw import draw
from adapters.slack.memory import forget_some
from adapters.slack.pace import Pace
from adapters.slack.place import Place
from handlers.cards import Card
from handlers.people import Address
from handlers.ports import CannotDeliver, Chat, Store, Work

log = logging.getLogger(__name__)

LOOKED_AT = 50  # messages among which a card is looked for that may have arrived


class SlackChat(Caller, Chat):
    """One workspace, through one client with one pooled session."""

    def __init__(self, client: AsyncWebClient, store: Store, technology: str = "") -> None:
        super().__init__(client)
        self._store = store
        self._technology = technology  # the channel of the technology department, if it has one
        self._sharing = asyncio.Lock()
        self._in_doubt: set[str] = set()  # cards for the department that may have arrived
        self._saying: set[str] = set()
        self.on_news: Callable[[str], None] = lambda _: None  # something of this user's changed
        self._direct: dict[str, str] = {}
        self._paces: dict[str, Pace] = {}

    async def introduce(self) -> None:
        """Ask Slack whether our token is good, so that a wrong one stands in the log before anybody misses an answer."""
        await patiently(lambda: self.call("auth.test"))

    async def post(self, to: Address, card: Card, key: str, beneath: str = "", shared: str = "", *, again: bool = False) -> str:
        """Post the card to the person's direct messages; return where it stands.

        What is about the same request stands in one thread, and is shown beside it too: nobody looks into a thread without being told.
        """
        about = {"event_type": "hallpass_card", "event_payload": {"key": shared or key}}
        message = await self._arrived(to, shared or key, beneath, shared) if again else ""
        if shared and self._technology and not message:
            message = await self._in_the_department(shared, card, about)
        if beneath and not message:
            message = await self._beneath(beneath, card, about)
        message = message or await self._posted_to(to.user, card, metadata=about)
        self.on_news(to.user)
        return message

    async def _arrived(self, to: Address, key: str, beneath: str, shared: str) -> str:
        """Return where a card stands that was sent before with nobody told so: its key is in the message; nothing if it never came."""
        for place in (
            *([Place(self._technology)] if shared and self._technology else []),
            *([Place.read(beneath)] if beneath else []),
            await self.direct(to.user),
        ):
            if message := await self._found(place, key):
                return message
        return ""

    async def _found(self, place: Place, key: str) -> str:
        method, thread = ("conversations.replies", {"ts": place.thread}) if place.thread else ("conversations.history", {})
        with contextlib.suppress(CannotDeliver):  # then it is sent again: twice is better than never
            found = await self.look(method, channel=place.channel, limit=LOOKED_AT, include_all_metadata=True, **thread)
            for one in found["messages"]:
                if one.get("metadata", {}).get("event_payload", {}).get("key") == key:
                    return str(Place(place.channel, str(one["ts"])))
        return ""

    async def _beneath(self, first: str, card: Card, about: dict[str, Any]) -> str:
        """Post into a request's thread; nothing where Slack no longer has its first message."""
        try:
            return await self._posted(Place.read(first), card, metadata=about, reply_broadcast=True)
        except CannotDeliver as why:
            if why.permanent:
                return ""
            raise

    async def _in_the_department(self, shared: str, card: Card, about: dict[str, Any]) -> str:
        """Post once for all of the department; nothing where its channel cannot be written to: then each gets a copy of their own."""
        async with self._sharing:
            place = Place(self._technology)
            if kept := await self._store.read(_kept, shared):
                return kept
            try:
                doubted = await self._found(place, shared) if shared in self._in_doubt else ""  # another member's try may have arrived
                message = doubted or await self._posted(place, card, metadata=about)
            except CannotDeliver as why:
                if not why.permanent:
                    self._in_doubt.add(shared)
                    raise
                log.error("the technology department's channel cannot be written to: %s", why)  # noqa: TRY400  # Slack's word says it all
                return ""
            self._in_doubt.discard(shared)
            await self._store.write(_keep, shared, message)
            return message

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Rewrite a card where it stands; blocks are always sent, for Slack keeps old buttons otherwise."""
        place = Place.read(message)
        await self.call("chat.update", channel=place.channel, ts=place.thread, **draw(card))
        self.on_news(to.user)

    async def say(self, place: Place, card: Card, key: str, user: str = "") -> None:
        """Answer in a thread, or the user directly, once for each key however often it is asked; waits out whatever passes."""
        if key in self._saying:
            return
        self._saying.add(key)
        try:
            if not await self._store.read(_said, key) and await patiently(lambda: self._put(place, user, card)):
                await self._store.write(_note, key)
        finally:
            self._saying.discard(key)

    async def whisper(self, place: Place, user: str, card: Card) -> None:
        """Tell one person where she is, and nobody else; in her direct messages where that cannot be.

        In direct messages nobody else reads, and Slack shows whispers in a thread only once somebody has answered there.
        """
        if place.is_direct:
            await patiently(lambda: self._posted_between(place, user, card))
        elif not place.channel or not await patiently(
            lambda: self.call("chat.postEphemeral", user=user, **_at(place if place.live else Place(place.channel)), **draw(card))
        ):
            await patiently(lambda: self._posted_to(user, card))

    async def _posted_between(self, place: Place, user: str, card: Card) -> str:
        """Post where the two of us talk; whoever reached somebody else's messages hears of it in her own."""
        own = await self.direct(user)
        return await self._posted(place if place.channel == own.channel else own, card)

    async def _put(self, place: Place, user: str, card: Card) -> str:
        return await (self._posted(place, card) if place.channel else self._posted_to(user, card))

    async def _posted(self, place: Place, card: Card, **more: Any) -> str:  # noqa: ANN401  # Slack's own arguments
        pace = self._pace(place.channel)
        await pace.wait(at_once="metadata" not in more)  # somebody waits for an answer, and asks no faster than people do
        try:
            answer = await self.call("chat.postMessage", unfurl_links=False, unfurl_media=False, **_at(place), **draw(card), **more)
        except CannotDeliver as why:
            pace.hold(why.after or 0.0)
            raise
        return str(Place(str(answer["channel"]), str(answer["ts"])))

    async def _posted_to(self, user: str, card: Card, **more: Any) -> str:  # noqa: ANN401  # as above
        return await self._posted(await self.direct(user), card, **more)

    async def direct(self, user: str) -> Place:
        """Return the person's direct messages, which Slack opens when asked. Raises CannotDeliver."""
        if user not in self._direct:
            answer = await self.call("conversations.open", users=user)
            forget_some(self._direct)
            self._direct[user] = str(answer["channel"]["id"])
        return Place(self._direct[user])

    def _pace(self, channel: str) -> Pace:
        if channel not in self._paces:
            forget_some(self._paces)
            self._paces[channel] = Pace()
        return self._paces[channel]


def _at(place: Place) -> dict[str, str]:
    return {"channel": place.channel, "thread_ts": place.thread} if place.thread else {"channel": place.channel}


def _kept(work: Work, shared: str) -> str:
    return work.inbox.result(f"slack-shared:{shared}") or ""


def _keep(work: Work, shared: str, message: str) -> None:
    work.inbox.first(f"slack-shared:{shared}", message)


def _said(work: Work, key: str) -> bool:
    return work.inbox.result(f"slack:{key}") is not None


def _note(work: Work, key: str) -> None:
    work.inbox.first(f"slack:{key}", "said")
