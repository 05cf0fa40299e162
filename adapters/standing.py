"""Whether a platform lets us in, as the last call to it showed. Not here: the calls themselves."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from handlers.ports import CannotDeliver

UNKNOWN, REACHABLE, AWAY, LOCKED_OUT = "not reached yet", "reachable", "away", "locked out"
RECHECKED = 60.0  # seconds between two looks, while the platform is not known to let us in


class LockedOut(CannotDeliver):
    """The platform refuses our token: nothing reaches anybody until an administrator mends it."""


class Standing:
    """What is known without asking: `word` for whoever looks, `usable` unless we were never let in, or no longer are."""

    def __init__(self) -> None:
        self.word, self.usable = UNKNOWN, False

    def answered(self) -> None:
        """Note that a call was done."""
        self.word, self.usable = REACHABLE, True

    def refused(self, why: CannotDeliver) -> None:
        """Note why a call was not done; a refusal of that call alone, or a pause that was asked for, says nothing of the rest."""
        if isinstance(why, LockedOut):
            self.word, self.usable = LOCKED_OUT, False
        elif not why.permanent and why.after is None and self.word != LOCKED_OUT:
            self.word = AWAY  # whoever was let in before will be again


class Known(Protocol):
    """What is known of one platform without asking it."""

    @property
    def word(self) -> str: ...
    @property
    def usable(self) -> bool: ...


class Both:
    """Two ways to one tenant, one in and one out: usable only while both are."""

    def __init__(self, out: Known, into: Known) -> None:
        self._out, self._into = out, into

    @property
    def word(self) -> str:
        """The word of the one that is not usable, if either is."""
        return self._out.word if self._into.usable else f"{self._into.word} (coming in)"

    @property
    def usable(self) -> bool:
        """Whether people can write to us, and we to them."""
        return self._out.usable and self._into.usable


class Together:
    """The standing of many tenants: usable while one of them is, or while there is none yet that could be."""

    def __init__(self, every: Callable[[], Iterable[Known]]) -> None:
        self._every = every

    @property
    def word(self) -> str:
        """The words of all, each once."""
        return ", ".join(sorted({one.word for one in self._every()})) or "nobody has installed it yet"

    @property
    def usable(self) -> bool:
        """Whether anybody lets us in; nobody can have been lost where nobody has come."""
        every = list(self._every())
        return not every or any(one.usable for one in every)


async def keep_let_in(standing: Known, introduce: Callable[[], Awaitable[None]]) -> None:
    """Have the platform asked until it lets us in, and again whenever it did not, even where nobody writes to us. Never ends."""
    while True:
        if standing.word != REACHABLE:
            await introduce()
        await asyncio.sleep(RECHECKED)
