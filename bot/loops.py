"""The courier: takes what is due from the outbox, sends it, and sleeps until something is put or due. Drains when told to stop."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.logs import seen
from handlers.deliver import Chats, Ended, deliver, keep
from handlers.drawing import Drawn, draw_all
from handlers.kept import Claimed
from handlers.ports import Clock, Packs, Store, Work
from handlers.stand_in import begin

log = logging.getLogger(__name__)

AT_ONCE = 16  # cards on their way, each in a lane of its own
TOGETHER = 0.02  # seconds between two looks: what comes back and what is put meanwhile shares a transaction
LONGEST_SLEEP = 1.0  # seconds: what another process put is found no later
SHORTEST_SLEEP = 0.05
AFTER_TROUBLE = 1.0  # seconds: the database was away; ask again soon, not at once


@dataclass(frozen=True, slots=True)
class Found:
    """What one look came to: the cards taken; where there were none, whether somebody begins to stand in, and when the next is due."""

    claimed: tuple[Claimed, ...] = ()
    begun: bool = False
    due: float | None = None


class Courier:
    """Runs until it is stopped; `wake` makes it look at once. A card that takes long holds up its own lane and nothing else."""

    def __init__(self, store: Store, packs: Packs, chats: Chats, clock: Clock) -> None:
        """Keep what delivering needs; nothing runs yet."""
        self._store, self._packs, self._chats, self._clock = store, packs, chats, clock
        self._woken = asyncio.Event()
        self._stopping = False
        self._away: set[asyncio.Task[Ended | None]] = set()
        self._back: list[Ended] = []  # what came back and is not kept yet
        self._looked = time.monotonic()

    @property
    def silent_for(self) -> float:
        """Seconds since it last looked into the outbox."""
        return time.monotonic() - self._looked

    def wake(self) -> None:
        """Say that something may wait in the outbox."""
        self._woken.set()

    def stop(self) -> None:
        """Ask the courier to finish what it holds and return."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Deliver until stopped; trouble with the database is waited out."""
        while not self._stopping:
            try:
                await self._sleep(await self._look())
            except Exception as error:  # noqa: BLE001  # whatever broke, the cards are still in the outbox: not trying again would lose them
                _stumbled(error)
                await asyncio.sleep(AFTER_TROUBLE)
        while self._away or self._back:
            if not self._back:
                await asyncio.wait(self._away, return_when=asyncio.FIRST_COMPLETED)
            ended, self._back = self._back, []
            await self._keep_apart(ended)

    async def round(self) -> int:
        """Look once, and return how many were on their way before, or are since: what came back meanwhile may have put more."""
        before = len(self._away) + len(self._back)
        return before + len((await self._look()).claimed)

    async def _look(self) -> Found:
        """Keep what came back, take what is due, and send it."""
        self._looked = time.monotonic()
        self._woken.clear()
        found = await self._turn(AT_ONCE - len(self._away))
        cards = [one for one in found.claimed if not one.leaving.is_timer]
        drawn = await self._drawn(cards) if cards else {}
        for one in found.claimed:
            task = asyncio.create_task(deliver(self._store, self._packs, self._chats, one, drawn.get(one.id), self._clock))
            self._away.add(task)
            task.add_done_callback(self._came)
        return found

    async def _turn(self, most: int) -> Found:
        """Keep what came back and claim what is due, in one transaction; what cannot be kept must not hold the rest up."""
        if self._back:
            ended, self._back = self._back, []
            with contextlib.suppress(Exception):  # whatever it is, each by itself says it again
                return await self._store.write(_turned, ended, most)
            await self._keep_apart(ended)
        return await self._store.write(_turned, (), most)

    async def _keep_apart(self, ended: Sequence[Ended]) -> None:
        for error in await asyncio.gather(*(self._store.write(keep, (one,)) for one in ended), return_exceptions=True):
            if isinstance(error, Exception):
                _stumbled(error)

    async def _drawn(self, cards: Sequence[Claimed]) -> Mapping[int, Drawn | Exception]:
        try:
            return await self._store.read(draw_all, self._packs, cards, self._clock())
        except Exception as error:  # noqa: BLE001  # the database is away: each card says so and is tried again
            return {one.id: error for one in cards}

    def _came(self, task: asyncio.Task[Ended | None]) -> None:
        self._away.discard(task)
        self._woken.set()
        if task.cancelled():
            return
        if error := task.exception():
            _stumbled(error)
        elif ended := task.result():
            self._back.append(ended)

    async def _sleep(self, found: Found) -> None:
        if found.begun:
            await self._store.write(begin, self._packs)
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(SHORTEST_SLEEP, min(found.due, LONGEST_SLEEP)) if found.due is not None else LONGEST_SLEEP):
                await self._woken.wait()
        if (early := self._looked + TOGETHER - time.monotonic()) > 0:
            await asyncio.sleep(early)


def _turned(work: Work, ended: Sequence[Ended], most: int) -> Found:
    keep(work, ended)
    claimed = work.outbox.claim(most) if most else ()
    if claimed or not most:
        return Found(claimed)
    return Found(begun=bool(work.stand_ins.begun()), due=work.outbox.waiting())


def _stumbled(error: BaseException) -> None:
    log.error("courier stumbled", extra=seen(error))  # its words may quote a person
