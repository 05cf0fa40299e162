"""An answer that begins to show before it is whole: its verdict first, then the rest with its buttons. Exactly once, as any other.

Source: docs.slack.dev/reference/methods/chat.startStream and chat.stopStream. What is begun is noted before it is ended, so that
another life of ours ends it and does not begin a second one.
"""

import asyncio
import re
from collections import deque

from adapters.patience import patiently
from adapters.slack import noted
from adapters.slack.agent import START, Agent
from adapters.slack.calling import Caller
from adapters.slack.draw import Json, draw
from adapters.slack.pace import Pace
from adapters.slack.place import Place
from handlers.cards import Card
from handlers.ports import CannotDeliver, Store, Work

STOP = "chat.stopStream"
LOOKED_AT = 50  # messages of a thread among which a begun one is looked for
IN_A_MINUTE, MINUTE = 15, 60.0  # Slack takes 20 a minute of each call; whoever comes after these is answered in one piece
WORDS = re.compile(r"[\w ,.;:'’“”?–…/-]+")  # what means nothing else in the markdown that a stream is written in


class Stream:
    """One workspace's streamed answers, in direct messages only."""

    def __init__(self, caller: Caller, store: Store, agent: Agent) -> None:
        self._caller, self._store, self._agent = caller, store, agent
        self._begun: deque[float] = deque(maxlen=IN_A_MINUTE)

    async def said(self, place: Place, card: Card, key: str, begun: str, pace: Pace) -> bool:
        """Say whether the card stands there now; False: it has to be posted. `begun` is the message that an earlier life began."""
        message = begun or (await self._begin(place, card, key, pace) if self._may(place, card) else "")
        if not message:
            return False
        ended = False

        async def end() -> None:
            nonlocal ended
            ended = await self._end(Place.read(message), card, key)

        return await patiently(end) and ended

    def _may(self, place: Place, card: Card) -> bool:
        recent = len(self._begun) < IN_A_MINUTE or asyncio.get_running_loop().time() - self._begun[0] > MINUTE
        return self._agent.may_stream and place.is_direct and bool(place.thread) and bool(WORDS.fullmatch(card.title)) and recent

    async def _begin(self, place: Place, card: Card, key: str, pace: Pace) -> str:
        """Begin the message with the verdict; nothing where that was refused, for then nothing stands there."""
        await pace.wait(at_once=True)
        self._begun.append(asyncio.get_running_loop().time())
        try:
            answer = await self._caller.call(START, channel=place.channel, thread_ts=place.thread, markdown_text=f"**{card.title}**")
            message = str(Place(place.channel, str(answer["ts"])))
        except CannotDeliver as why:
            self._agent.lack(START, why)
            message = "" if why.permanent or why.after is not None else await self._perhaps_begun(place, card)
        if message:
            await self._store.write(begin, key, message)
        return message

    async def _perhaps_begun(self, place: Place, card: Card) -> str:
        """Nobody said what became of it: return the message if it stands there. Only one that was never ended has no key and no heading."""
        found: list[str] = []

        async def look() -> None:
            answer = await self._caller.look(
                "conversations.replies", channel=place.channel, ts=place.thread, limit=LOOKED_AT, include_all_metadata=True
            )
            found.extend(str(one["ts"]) for one in answer["messages"] if _unended(one, card))

        await patiently(look)
        return str(Place(place.channel, found[-1])) if found else ""

    async def _end(self, message: Place, card: Card, key: str) -> bool:
        """Write the rest; where it is over already, by us or by Slack's patience, write all of it anew, which may be done twice."""
        at = {"channel": message.channel, "ts": message.thread}
        drawn: Json = {**draw(card), "metadata": {"event_type": "hallpass_answer", "event_payload": {"key": key}}}
        try:
            await self._caller.call(STOP, **at, blocks=drawn["blocks"][1:], metadata=drawn["metadata"])
        except CannotDeliver as why:
            if not why.permanent:
                raise
            return await self._rewritten(at, drawn)
        return True

    async def _rewritten(self, at: dict[str, str], whole: Json) -> bool:
        try:
            await self._caller.call("chat.update", **at, **whole)
        except CannotDeliver as why:
            if not why.permanent:
                raise
            return False  # it is gone
        return True


def _unended(one: Json, card: Card) -> bool:
    ours = bool(one.get("bot_id")) and not one.get("metadata")
    return ours and card.title in one.get("text", "") and all(block.get("type") != "header" for block in one.get("blocks", ()))


def taken(work: Work, key: str) -> tuple[bool, str]:
    """Take it on; return whether it was said, or is another process's to say, and the message in which it was begun, if it was."""
    mine = noted.mine(work, key)  # first: whoever said it a moment ago was waited for, and what they noted is seen
    said = work.inbox.result(f"slack:{key}") is not None
    if mine and said:
        noted.over(work, key)
    return said or not mine, work.inbox.result(f"slack-begun:{key}") or ""


def begin(work: Work, key: str, message: str) -> None:
    """Note the message in which an answer was begun."""
    work.inbox.first(f"slack-begun:{key}", message)
