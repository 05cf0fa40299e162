"""The way out to Slack: cards posted, rewritten and whispered, and what Slack's refusals mean. Not here: how a card looks.

Source: docs.slack.dev/apis/web-api/rate-limits, docs.slack.dev/reference/methods/chat.postMessage (errors).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.draw import draw
from handlers.cards import Card
from handlers.people import Address
from handlers.ports import CannotDeliver, Chat, Store, Work

log = logging.getLogger(__name__)

BREATH = 1.0  # seconds between two messages to a channel, as Slack asks for
BURST = 4  # messages that may go at once before that
WAITS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)  # seconds between attempts at an answer; nothing else keeps it
MOST_CHANNELS = 10_000  # whose pace and direct messages are remembered
# Trying again cannot help: an administrator has to look, or somebody else has to be told.
PERMANENT = frozenset(
    {
        "account_inactive",
        "as_user_not_supported",
        "cannot_dm_bot",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "invalid_blocks",
        "invalid_blocks_format",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "msg_too_long",
        "not_in_channel",
        "restricted_action",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
        "users_not_found",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in Slack somebody is talked to: a channel, the message whose thread it is, and whether others may hear it."""

    channel: str = ""  # none: the person's direct messages
    thread: str = ""
    private: bool = False

    def __str__(self) -> str:
        """Return how it is written in one text; neither part holds a colon."""
        return f"{self.channel}:{self.thread}:{'private' if self.private else ''}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """Return the place that was written so."""
        channel, thread, private = (*text.split(":"), "", "", "")[:3]
        return cls(channel, thread, bool(private))


class SlackChat(Chat):
    """One workspace, through one client with one pooled session."""

    def __init__(self, client: AsyncWebClient, store: Store) -> None:
        self._client = client
        self._store = store
        self._saying: set[str] = set()
        self._direct: dict[str, str] = {}
        self._paces: dict[str, _Pace] = {}

    async def post(self, to: Address, card: Card, key: str, beneath: str = "") -> str:
        """Post the card to the person's direct messages; return where it stands.

        What is about the same request stands in one thread, and is shown beside it too: nobody looks into a thread without being told.
        """
        about = {"event_type": "hallpass_card", "event_payload": {"key": key}}
        if not beneath:
            return await self._posted_to(to.user, card, metadata=about)
        return await self._posted(Place.read(beneath), card, metadata=about, reply_broadcast=True)

    async def update(self, to: Address, message: str, card: Card) -> None:  # noqa: ARG002  # the message says where it is
        """Rewrite a card where it stands; blocks are always sent, for Slack keeps old buttons otherwise."""
        place = Place.read(message)
        await self.call("chat.update", channel=place.channel, ts=place.thread, **draw(card))

    async def say(self, place: Place, card: Card, key: str) -> None:
        """Answer in a thread, once for each key however often it is asked; waits out whatever passes."""
        if key in self._saying:
            return
        self._saying.add(key)
        try:
            if not await self._store.read(_said, key) and await _patiently(lambda: self._posted(place, card)):
                await self._store.write(_note, key)
        finally:
            self._saying.discard(key)

    async def whisper(self, place: Place, user: str, card: Card) -> None:
        """Tell one person where she is, and nobody else; in her direct messages where Slack does not let us."""
        if place.channel and await _patiently(lambda: self.call("chat.postEphemeral", user=user, **_at(place), **draw(card))):
            return
        await _patiently(lambda: self._posted_to(user, card))

    async def call(self, method: str, **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401  # Slack's own arguments
        """Call Slack once. Raises CannotDeliver, and nothing else of Slack's or the network's."""
        try:
            return await self._client.api_call(method, json=arguments)
        except SlackApiError as refused:
            raise _meaning(refused) from refused
        except (aiohttp.ClientError, TimeoutError, OSError) as why:
            raise CannotDeliver(f"Slack was not reached ({type(why).__name__})", permanent=False) from why

    async def _posted(self, place: Place, card: Card, **more: Any) -> str:  # noqa: ANN401  # Slack's own arguments
        await self._pace(place.channel).wait()
        answer = await self.call("chat.postMessage", unfurl_links=False, unfurl_media=False, **_at(place), **draw(card), **more)
        return str(Place(str(answer["channel"]), str(answer["ts"])))

    async def _posted_to(self, user: str, card: Card, **more: Any) -> str:  # noqa: ANN401  # as above
        return await self._posted(await self.direct(user), card, **more)

    async def direct(self, user: str) -> Place:
        """Return the person's direct messages, which Slack opens when asked. Raises CannotDeliver."""
        if user not in self._direct:
            answer = await self.call("conversations.open", users=user)
            _forget_some(self._direct)
            self._direct[user] = str(answer["channel"]["id"])
        return Place(self._direct[user])

    def _pace(self, channel: str) -> "_Pace":
        if channel not in self._paces:
            _forget_some(self._paces)
            self._paces[channel] = _Pace()
        return self._paces[channel]


class _Pace:
    """A few messages at once, then one a second."""

    def __init__(self) -> None:
        self._next = 0.0

    async def wait(self) -> None:
        now = asyncio.get_running_loop().time()
        self._next = max(self._next, now - BURST * BREATH) + BREATH
        if self._next > now:
            await asyncio.sleep(self._next - now)


def _forget_some(kept: dict[str, Any]) -> None:
    if len(kept) >= MOST_CHANNELS:
        for key in list(kept)[: MOST_CHANNELS // 2]:
            del kept[key]


def _at(place: Place) -> dict[str, str]:
    return {"channel": place.channel, "thread_ts": place.thread} if place.thread else {"channel": place.channel}


def _meaning(refused: SlackApiError) -> CannotDeliver:
    answer = refused.response
    said = answer.get("error") if isinstance(answer.data, dict) else None
    after = answer.headers.get("Retry-After") if answer.status_code == 429 else None  # noqa: PLR2004  # too many requests
    return CannotDeliver(f"Slack said {said or answer.status_code}", permanent=said in PERMANENT, after=float(after) if after else None)


async def _patiently(call: Callable[[], Awaitable[Any]]) -> bool:
    """Say whether it arrived in the end."""
    for wait in WAITS:
        try:
            await call()
        except CannotDeliver as why:
            if why.permanent:
                log.error("answer not delivered: %s", why)  # noqa: TRY400  # Slack's own word says it all
                return False
            await asyncio.sleep(why.after if why.after is not None else wait)
        else:
            return True
    log.error("answer given up: Slack has been away too long")
    return False


def _said(work: Work, key: str) -> bool:
    return work.inbox.result(f"slack:{key}") is not None


def _note(work: Work, key: str) -> None:
    work.inbox.first(f"slack:{key}", "said")
