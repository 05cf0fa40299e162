"""The courier: takes what is due from the outbox, sends it, and sleeps until something is put or due. Drains when told to stop."""

import asyncio
import contextlib
import logging

from bot.logs import seen
from handlers.deliver import Chats, deliver
from handlers.kept import Claimed
from handlers.ports import Packs, Store, Work

log = logging.getLogger(__name__)

AT_ONCE = 16  # cards in flight, each in a lane of its own
LONGEST_SLEEP = 1.0  # seconds: what another process put is found no later
AFTER_TROUBLE = 1.0  # seconds: the database was away; ask again soon, not at once


class Courier:
    """Runs until it is stopped; `wake` makes it look at once."""

    def __init__(self, store: Store, packs: Packs, chats: Chats) -> None:
        """Keep what delivering needs; nothing runs yet."""
        self._store, self._packs, self._chats = store, packs, chats
        self._woken = asyncio.Event()
        self._stopping = False

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
            self._woken.clear()
            try:
                if not await self.round():
                    await self._sleep()
            except Exception as error:  # noqa: BLE001  # whatever broke, the cards are still in the outbox: not trying again would lose them
                log.error("courier stumbled", extra=seen(error))  # noqa: TRY400  # its words may quote a person
                await asyncio.sleep(AFTER_TROUBLE)

    async def round(self) -> int:
        """Send what is due now, one card of each lane; return how many were tried."""
        claimed = await self._store.write(_claim)
        await asyncio.gather(*(deliver(self._store, self._packs, self._chats, one) for one in claimed))
        return len(claimed)

    async def _sleep(self) -> None:
        due = await self._store.read(_waiting)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), LONGEST_SLEEP if due is None else max(0.05, min(due, LONGEST_SLEEP)))


def _claim(work: Work) -> tuple[Claimed, ...]:
    return work.outbox.claim(AT_ONCE)


def _waiting(work: Work) -> float | None:
    return work.outbox.waiting()
