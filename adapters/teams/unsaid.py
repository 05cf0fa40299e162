"""Answers that were kept and never said, for the process ended in between: said by whoever lives. Not here: how an answer is said.

Teams may bring a message again that got no answer in time, or may not; what is kept has to be enough.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from adapters.owed import OLDEST, YOUNG, keep_looking
from adapters.teams.chat import TeamsChat
from adapters.teams.once import NAMED
from adapters.teams.refs import TeamsRef
from handlers.actions import Request
from handlers.cards import Say, Whisper
from handlers.desk import Desk
from handlers.ids import ANSWER, AnswerId, key_of
from handlers.people import Person, Platform
from handlers.ports import Clock, Store, Work
from handlers.trouble import place_of

THREAD = re.compile(r"([a-z0-9]+:[^:;]+)(?:;messageid=(\d+)|:(\d+))?")  # a chat, a channel's thread, or the message that begins one
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that somebody waits for."""

    answer: AnswerId
    at: datetime
    ref: TeamsRef
    person: Person


class Unsaid:
    """Looks again and again."""

    def __init__(self, store: Store, clock: Clock, desk: Desk, chat: TeamsChat) -> None:
        self._store, self._clock, self._desk, self._chat = store, clock, desk, chat
        self._saying: dict[str, asyncio.Task[None]] = {}  # by where

    async def keep_saying(self) -> None:
        """Look until cancelled."""
        await keep_looking(self.look)

    async def look(self) -> None:
        """Begin to say what should have been said by now; in each conversation in the order in which it was kept."""
        now = self._clock()
        ripe = [one for one in await self._store.read(owed, now - OLDEST) if one.at <= now - YOUNG]
        for target, ones in groupby(sorted(ripe, key=lambda one: one.ref.target), lambda one: one.ref.target):
            if target not in self._saying:  # a conversation that takes nothing now must not hold up the others
                task = self._saying[target] = asyncio.create_task(self._say(list(ones)))
                task.add_done_callback(lambda _, target=target: self._saying.pop(target))  # type: ignore[misc]

    async def _say(self, ones: Sequence[Owed]) -> None:
        for one in ones:
            if self._chat.is_saying(key := key_of(one.answer)):
                continue
            try:
                reply = await self._desk.again(Request(one.answer), one.person)
                if isinstance(reply, Say | Whisper):
                    await self._chat.say(one.ref, reply.card, key)
            except Exception as error:  # noqa: BLE001  # as above
                log.warning("an answer is looked for again", extra={"kind": type(error).__name__, "place": place_of(error)})


def owed(work: Work, since: datetime) -> tuple[Owed, ...]:
    """Return the answers that somebody took on and nobody has said, the oldest first."""
    found = ((one, work.directory.get(one.person)) for one in work.answers.owed(NAMED + ANSWER, since))
    return tuple(
        Owed(one.id, one.at, ref, person)
        for one, person in found
        if person is not None and (ref := _place(work, one.thread, person)) is not None
    )


def _place(work: Work, thread: str, person: Person) -> TeamsRef | None:
    """Return where it was asked: in her own chat, as it is kept, or in a group, which is reached where anybody of the tenant is."""
    for address in (one for one in person.addresses if one.platform is Platform.teams):
        own = work.conversations.of(address)
        if own and TeamsRef.read(own).target == thread:
            return TeamsRef.read(own)
        near, found = work.conversations.newest(Platform.teams, address.tenant), THREAD.fullmatch(thread)
        if near and found:
            return replace(TeamsRef.read(near), conversation=found[1], thread=found[2] or found[3] or "", user="")
    return None
