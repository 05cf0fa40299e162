"""The courier: takes what is due from the outbox, sends it, and sleeps until something is put or due. Drains when told to stop."""

import asyncio
import contextlib
import logging
import time

from bot.logs import seen
from handlers.deliver import Chats, deliver
from handlers.kept import Claimed
from handlers.ports import Clock, Packs, Store, Work
from handlers.stand_in import begin

log = logging.getLogger(__name__)

AT_ONCE = 16  # cards in flight, each in a lane of its own
SLOW = 0.5  # seconds; a card that takes longer holds up its own lane only
LONGEST_SLEEP = 1.0  # seconds: what another process put is found no later
AFTER_TROUBLE = 1.0  # seconds: the database was away; ask again soon, not at once


class Courier:
    """Runs until it is stopped; `wake` makes it look at once."""

    def __init__(self, store: Store, packs: Packs, chats: Chats, clock: Clock) -> None:
        """Keep what delivering needs; nothing runs yet."""
        self._store, self._packs, self._chats, self._clock = store, packs, chats, clock
        self._woken = asyncio.Event()
        self._stopping = False
        self._slow: set[asyncio.Task[None]] = set()
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
            self._looked = time.monotonic()
            self._woken.clear()
            try:
                if not await self.round():
                    await self._sleep()
            except Exception as error:  # noqa: BLE001  # whatever broke, the cards are still in the outbox: not trying again would lose them
                log.error("courier stumbled", extra=seen(error))  # noqa: TRY400  # its words may quote a person
                await asyncio.sleep(AFTER_TROUBLE)
        if self._slow:
            await asyncio.wait(self._slow)

    async def round(self) -> int:
        """Send what is due now, one card of each lane; return how many were tried. Whoever is slow goes on beside the next round."""
        free = AT_ONCE - len(self._slow)
        claimed = await self._store.write(_claim, free) if free else ()
        sending = {asyncio.create_task(deliver(self._store, self._packs, self._chats, one, self._clock)) for one in claimed}
        done, slow = await asyncio.wait(sending, timeout=SLOW) if sending else (set(), set())
        self._slow |= slow
        for task in slow:
            task.add_done_callback(self._came)
        for task in done:
            task.result()
        return len(claimed)

    def _came(self, task: asyncio.Task[None]) -> None:
        self._slow.discard(task)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("courier stumbled", extra=seen(error))

    async def _sleep(self) -> None:
        begun, due = await self._store.read(_ahead)
        if begun:
            await self._store.write(begin, self._packs)
            due = 0.0
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), LONGEST_SLEEP if due is None else max(0.05, min(due, LONGEST_SLEEP)))


def _claim(work: Work, most: int) -> tuple[Claimed, ...]:
    return work.outbox.claim(most)


def _ahead(work: Work) -> tuple[bool, float | None]:
    """Whether somebody begins to stand in, and in how many seconds the next row is due."""
    return bool(work.stand_ins.begun()), work.outbox.waiting()
