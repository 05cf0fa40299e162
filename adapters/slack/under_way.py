"""What Slack has brought and we are at, by delivery: brought once more meanwhile, it is not begun again. Not here: what is done."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Generic, TypeVar

from adapters.slack.memory import forget_some

T = TypeVar("T")


class UnderWay(Generic[T]):
    """Remembers what went well, so that nobody is told twice; what broke may come again."""

    def __init__(self) -> None:
        self._begun: dict[str, asyncio.Future[T] | None] = {}  # None: done

    def begin(self, delivery: str, work: Callable[[], Awaitable[T]]) -> tuple[asyncio.Future[T] | None, bool]:
        """Return the work, None once it is done, and whether it was begun just now."""
        if delivery in self._begun:
            return self._begun[delivery], False
        forget_some(self._begun)
        working = self._begun[delivery] = asyncio.ensure_future(work())
        working.add_done_callback(partial(self._over, delivery))
        return working, True

    def _over(self, delivery: str, working: asyncio.Future[T]) -> None:
        if working.cancelled() or working.exception() is not None:
            self._begun.pop(delivery, None)
        else:
            self._begun[delivery] = None


async def settled(working: asyncio.Future[T] | None, within: float) -> bool:
    """Wait so many seconds; say whether it went well."""
    return working is None or (await done(working, within) and working.exception() is None)


async def done(working: asyncio.Future[T], within: float) -> bool:
    """Wait so many seconds; say whether it is over."""
    if not working.done():
        await asyncio.wait({working}, timeout=within)
    return working.done()
