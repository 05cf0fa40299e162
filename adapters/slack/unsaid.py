"""Answers that were kept and never said, for the process ended in between: said by whoever lives. Not here: how an answer is said.

Slack was told that the question was heard, so it will not bring it again; what is kept has to be enough.
"""

import asyncio
import contextlib
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from adapters.owed import OLDEST, YOUNG, keep_looking
from adapters.slack import noted
from adapters.slack.chat import SlackChat
from adapters.slack.hands import card_of
from adapters.slack.place import Place
from handlers.actions import Request
from handlers.desk import Desk
from handlers.ids import ANSWER, AnswerId, key_of
from handlers.people import Address, Person, Platform
from handlers.ports import CannotDeliver, Clock, Store, Work
from handlers.trouble import place_of

NOTED = noted.SAID + ANSWER  # begins what is noted of an answer once it was said
THREAD = re.compile(r"([CDG][A-Z0-9]+):(\d+\.\d+)")
MODAL = re.compile(r"V[A-Z0-9]+")  # asked in one, and answered in direct messages
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that somebody waits for."""

    answer: AnswerId
    at: datetime
    place: Place
    person: Person
    address: Address


class Unsaid:
    """Looks again and again; `chat_of` is the way out to an address."""

    def __init__(self, store: Store, clock: Clock, desk: Desk, chat_of: Callable[[Address], Awaitable[SlackChat]]) -> None:
        self._store, self._clock, self._desk, self._chat_of = store, clock, desk, chat_of
        self._saying: set[asyncio.Task[None]] = set()

    async def keep_saying(self) -> None:
        """Look until cancelled."""
        await keep_looking(self.look)

    async def look(self) -> None:
        """Begin to say what should have been said by now, in the order in which it was kept."""
        now = self._clock()
        for one in await self._store.read(owed, now - OLDEST):
            if one.at <= now - YOUNG:
                with contextlib.suppress(CannotDeliver):  # whoever has shown us out waits for nothing
                    await self._say(await self._chat_of(one.address), one)

    async def _say(self, chat: SlackChat, one: Owed) -> None:
        """Begin only: a channel that takes nothing now must not hold up the others."""
        key = key_of(one.answer)
        if chat.is_saying(key):
            await self._store.write(noted.mine, key)  # we are still at it: no other replica must begin
        else:
            card = card_of(await self._desk.again(Request(one.answer), one.person))
            task = asyncio.create_task(chat.say(one.place, card, key, one.address.user, again=True))
            self._saying.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._saying.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("an answer is looked for again", extra={"kind": type(error).__name__, "place": place_of(error)})


def owed(work: Work, since: datetime) -> tuple[Owed, ...]:
    """Return the answers that nobody has said, the oldest first; not those which were for one person alone."""
    found = ((one, _place(one.thread), work.directory.get(one.person)) for one in work.answers.unsaid(NOTED, since))
    return tuple(
        Owed(one.id, one.at, place, person, address)
        for one, place, person in found
        if place is not None and person is not None and (address := _in_slack(person)) is not None
    )


def _place(thread: str) -> Place | None:
    if found := THREAD.fullmatch(thread):
        return Place(found[1], found[2])
    return Place() if MODAL.fullmatch(thread) else None


def _in_slack(person: Person) -> Address | None:
    return next((one for one in person.addresses if one.platform is Platform.slack), None)
