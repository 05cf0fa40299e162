"""Answers on their way out: each once, in their order in a channel, and looked for before they are said again. Not here: cards."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol
from weakref import WeakValueDictionary

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.patience import WAITS, patiently
from adapters.slack import noted
from adapters.slack.finding import ANSWER, found
from adapters.slack.pace import Pace
from adapters.slack.place import Place
from adapters.slack.stream import Stream, taken
from adapters.standing import LockedOut
from handlers.cards import Card
from handlers.ports import CannotDeliver, Store

log = logging.getLogger(__name__)


class Posting(Protocol):
    """What posting needs of a workspace's chat."""

    def pace(self, channel: str) -> Pace: ...
    async def look(self, method: str, **arguments: Any) -> AsyncSlackResponse: ...  # noqa: ANN401  # Slack's own arguments
    async def direct(self, user: str) -> Place: ...
    async def posted(self, place: Place, card: Card, **more: Any) -> str: ...  # noqa: ANN401  # as above
    async def posted_to(self, user: str, card: Card, **more: Any) -> str: ...  # noqa: ANN401  # as above


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said, where, under which key, and to whom if there is no such place; `ours`: as it was kept we took it on to say it."""

    place: Place
    card: Card
    key: str
    user: str = ""
    ours: bool = False


class Answers:
    """One workspace's answers."""

    def __init__(self, chat: Posting, store: Store, stream: Stream) -> None:
        self._chat, self._store, self._stream = chat, store, stream
        self._under_way: set[str] = set()
        self._unnoted: list[str] = []  # said, and not yet known to be
        self._noting = asyncio.Lock()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # of a thread; gone as soon as nobody speaks there
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # of a channel that took nothing the last time

    def is_under_way(self, key: str) -> bool:
        """Say whether it is being said at this moment, or waits for its turn."""
        return key in self._under_way

    async def say(self, one: Saying, *, again: bool) -> None:
        """Say it unless it was said, or another replica is at it; `again` says that an earlier life of ours may have done so."""
        if one.key in self._under_way:
            return
        self._under_way.add(one.key)
        try:
            turn = self._turns.setdefault(f"{one.place.channel}:{one.place.thread}" if one.place.channel else one.user, asyncio.Lock())
            at_once = one.ours and not turn.locked()  # what has waited for its turn may be another's by now
            async with turn:
                done, begun = (False, "") if at_once else await self._store.write(taken, one.key)
                if done:
                    return
                if not await self._stream.said(one.place, one.card, one.key, begun, self._chat.pace(one.place.channel)):
                    await self._whole(one, again=again)
                await self._note(one.key)
        finally:
            self._under_way.discard(one.key)

    async def _note(self, key: str) -> None:
        """Note that it was said; what waits while others are noted is noted in one go."""
        self._unnoted.append(key)
        async with self._noting:
            if key in self._unnoted:  # nobody before us took it along
                keys, self._unnoted = self._unnoted, []
                await self._store.write(noted.note, *keys)

    async def _whole(self, one: Saying, *, again: bool) -> None:
        """Say it where it was asked; where that channel no longer takes anything, to whoever asked."""
        if not await self._patiently(one, again=again) and one.place.channel and one.user and not one.place.is_direct:
            await patiently(self._putting(one, Place(), again=again))

    async def _patiently(self, one: Saying, *, again: bool) -> bool:
        """Try at once; whoever has to wait stands in line behind those who wait for the same channel already."""
        put, line = self._putting(one, one.place, again=again), self._lines.setdefault(one.place.channel or one.user, asyncio.Lock())
        pause = 0.0
        if not line.locked():
            try:
                await put()
            except CannotDeliver as why:
                if why.permanent:
                    log.warning("answer not delivered: %s", why)
                    return False
                pause = max(why.rest, WAITS[0]) if why.after is None else why.after
                if isinstance(why, LockedOut):  # whoever comes next may be let in
                    await asyncio.sleep(pause)
                    pause = 0.0
            else:
                return True
        async with line:
            await asyncio.sleep(pause)  # what Slack asked for, or a moment
            return await patiently(put)

    def _putting(self, one: Saying, place: Place, *, again: bool) -> Callable[[], Awaitable[None]]:
        """Return what posts it, looking first whenever an attempt before may have arrived."""
        doubted, about = again, {"event_type": ANSWER, "event_payload": {"key": one.key}}

        async def put() -> None:
            nonlocal doubted
            if doubted and await found(self._chat, place if place.channel else await self._chat.direct(one.user), one.key):
                return
            try:
                await self._posted(one, place, about)
            except CannotDeliver as why:
                doubted = doubted or (not why.permanent and why.after is None)
                raise

        return put

    async def _posted(self, one: Saying, place: Place, about: dict[str, Any]) -> None:
        if place.channel:
            await self._chat.posted(place, one.card, metadata=about)
        else:
            await self._chat.posted_to(one.user, one.card, metadata=about)
