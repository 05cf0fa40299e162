"""What answers a delivery, done once though it may have come to several processes: claimed, then noted. Not here: what is done."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from enum import Enum

from handlers.ports import Store, Work

LOOKS = 2.0  # seconds until somebody looks again whether whoever is at it is done, or is no more
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

    async def do(self, key: str, work: Callable[[], Awaitable[bool]]) -> None:
        """Do it unless it is done; what came to nothing, or raised, is free for whoever hears of it next."""
        if key in self._under_way:
            return
        self._under_way.add(key)
        try:
            while (whose := await self._store.write(_claim, key)) is Claim.theirs:  # noqa: ASYNC110  # another process
                await asyncio.sleep(LOOKS)
            if whose is Claim.ours:
                await self._claimed(key, work)
        finally:
            self._under_way.discard(key)

    async def _claimed(self, key: str, work: Callable[[], Awaitable[bool]]) -> None:
        try:
            async with self._kept(key):
                done = await work()
        except Exception:
            await self._store.write(_free, key)
            raise
        await self._store.write(_note if done else _free, key)

    @contextlib.asynccontextmanager
    async def _kept(self, key: str) -> AsyncIterator[None]:
        """However long it takes, it stays ours."""
        keeping = asyncio.create_task(self._keep(key))
        try:
            yield
        finally:
            keeping.cancel()

    async def _keep(self, key: str) -> None:
        while True:
            await asyncio.sleep(AGAIN)
            with contextlib.suppress(Exception):  # with the database away nobody else can take it over either
                await self._store.write(_claim, key)


def _claim(work: Work, key: str) -> Claim:
    mine = work.inbox.mine(f"teams:{key}")  # first: whoever did it a moment ago was waited for, and what they noted is seen
    if work.inbox.result(f"teams:{key}") is not None:
        if mine:
            _free(work, key)
        return Claim.over
    return Claim.ours if mine else Claim.theirs


def _note(work: Work, key: str) -> None:
    work.inbox.first(f"teams:{key}", "said")
    _free(work, key)


def _free(work: Work, key: str) -> None:
    work.inbox.over(f"teams:{key}")
