"""Whether this process can do its work now: keep a decision, deliver a card, reach its platforms. Not here: how that is asked for."""

import asyncio
import logging
from collections.abc import Mapping

from adapters.standing import Known
from bot.logs import seen
from bot.loops import Courier
from handlers.ports import Store, Work

PATIENCE = 2.0  # seconds for the database: whoever asks us waits little longer
FRESH = 1.0  # seconds that a proof holds: asking often must not make us write often
SILENCE = 90.0  # seconds without a look into the outbox; a round with every call timing out takes less
WRITABLE, UNUSABLE, SLOW = "writable", "unusable", "slow"
log = logging.getLogger(__name__)


class Readiness:
    """Ready means: a row was just written, the courier runs, and no platform keeps us out.

    A platform that is away is told but does not count: cards wait for it in the outbox, and starting other replicas, or sending people to
    them, would bring it back no sooner. Never let in, or locked out, is ours to mend: a wrong token must not pass for a good deployment.
    """

    def __init__(self, store: Store, courier: Courier, platforms: Mapping[str, Known]) -> None:
        """Keep what is looked at; nothing is asked yet."""
        self._store, self._courier, self._platforms = store, courier, platforms
        self._proof: asyncio.Task[str] | None = None
        self._proved = 0.0
        self._was: bool | None = None

    def close(self) -> None:
        """Ask nothing any more."""
        if self._proof:
            self._proof.cancel()

    async def look(self) -> dict[str, object]:
        """Return `ready`, and a word for each part; nothing in it names a place or a secret."""
        database = await self._database()
        queue = "running" if self._courier.silent_for < SILENCE else "stuck"
        usable = all(one.usable for one in self._platforms.values())
        ready = database == WRITABLE and queue == "running" and usable
        words = {"database": database, "queue": queue, **{name: one.word for name, one in self._platforms.items()}}
        if ready is not self._was:
            log.log(
                logging.INFO if ready else logging.WARNING,
                "ready" if ready else "not ready",
                extra={"why": ", ".join(f"{part} {word}" for part, word in words.items())},
            )
        self._was = ready
        return {"ready": ready, **words}

    async def _database(self) -> str:
        """Whoever asks while the database is being asked waits for the same answer."""
        now = asyncio.get_running_loop().time()
        if self._proof is None or (self._proof.done() and now - self._proved >= FRESH):
            self._proof = asyncio.create_task(self._prove())
        done, _ = await asyncio.wait({self._proof}, timeout=PATIENCE)
        return self._proof.result() if done else SLOW

    async def _prove(self) -> str:
        """Write, and wait for the commit: only that shows a full disk, a lock, or a database that may only be read."""
        try:
            await self._store.write(_beat)
        except Exception as error:  # noqa: BLE001  # whatever it is, nothing can be kept
            log.warning("the database cannot be written to", extra=seen(error))
            return UNUSABLE
        else:
            return WRITABLE
        finally:
            self._proved = asyncio.get_running_loop().time()


def _beat(work: Work) -> None:
    work.inbox.beat()
