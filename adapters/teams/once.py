"""What answers a delivery, done once though it may have come to several processes: claimed, then noted. Not here: what is done."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from enum import Enum

from handlers.ports import Store, Work

LOOKS = 2.0  # seconds until somebody looks again whether whoever is at it is done, or is no more
NAMED = "teams:"  # begins the name of what is claimed, and of what is noted; the rest is the key
AGAIN = 20.0  # seconds after which whoever is at it says so again; a claim ends a minute after it was last heard of


class Claim(Enum):
    """Whose it is."""

    ours = "ours"
    theirs = "theirs"
    over = "over"


class Once:
    """One process's share: whoever hears of the same thing elsewhere waits, and takes it over if whoever is at it dies."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._under_way: set[str] = set()

    def is_under_way(self, key: str) -> bool:
        """Say whether this process is at it."""
        return key in self._under_way

    async def do(self, key: str, work: Callable[[], Awaitable[bool]], *, ours: bool = False) -> None:
        """Do it unless it is done; what came to nothing, or raised, is free for whoever hears of it next. `ours`: it is claimed."""
        if key in self._under_way:
            return
        self._under_way.add(key)
        try:
            if ours or await self._is_ours(key):
                await self._claimed(key, work)
        finally:
            self._under_way.discard(key)

    async def _is_ours(self, key: str) -> bool:
        while (whose := await self._store.write(claim, key)) is Claim.theirs:  # noqa: ASYNC110  # another process
            await asyncio.sleep(LOOKS)
        return whose is Claim.ours

    async def _claimed(self, key: str, work: Callable[[], Awaitable[bool]]) -> None:
        try:
            with self._kept(key):
                done = await work()
        except Exception:
            await self._store.write(_free, key)
            raise
        await self._store.write(_note if done else _free, key)

    @contextlib.contextmanager
    def _kept(self, key: str) -> Iterator[None]:
        """However long it takes, it stays ours; a task for it only where it takes long."""
        loop, keeping = asyncio.get_running_loop(), set[asyncio.Task[None]]()
        timer = loop.call_later(AGAIN, lambda: keeping.add(loop.create_task(self._keep(key))))
        try:
            yield
        finally:
            timer.cancel()
            for task in keeping:
                task.cancel()

    async def _keep(self, key: str) -> None:
        while True:
            with contextlib.suppress(Exception):  # with the database away nobody else can take it over either
                await self._store.write(claim, key)
            await asyncio.sleep(AGAIN)


def claim(work: Work, key: str) -> Claim:
    """Claim it for this process, now and for the next minute."""
    mine = work.inbox.mine(f"{NAMED}{key}")  # first: whoever did it a moment ago was waited for, and what they noted is seen
    if work.inbox.result(f"{NAMED}{key}") is not None:
        if mine:
            _free(work, key)
        return Claim.over
    return Claim.ours if mine else Claim.theirs


def _note(work: Work, key: str) -> None:
    work.inbox.first(f"{NAMED}{key}", "said")
    _free(work, key)


def _free(work: Work, key: str) -> None:
    work.inbox.over(f"{NAMED}{key}")
