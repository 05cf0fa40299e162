"""What was said and posted, noted so that it is done once; and who hears that a channel is closed. Not here: saying and posting."""

from collections.abc import Awaitable, Callable

from handlers.obstacles import Obstacle
from handlers.ports import Work

SAID = "slack:"  # begins what is noted of an answer that was said, and what a process claims that says it
Closed = Callable[[str, Obstacle], Awaitable[None]]  # the department's channel did not take the card of this key


async def unheard(_: str, __: Obstacle) -> None:
    """Nobody has asked to be told."""


def kept(work: Work, shared: str) -> str:
    """Return where the card for the whole department stands; nothing if it does not."""
    return work.inbox.result(f"slack-shared:{shared}") or ""


def keep(work: Work, shared: str, message: str) -> None:
    """Note where the card for the whole department stands."""
    work.inbox.first(f"slack-shared:{shared}", message)


def mine(work: Work, key: str) -> bool:
    """Say whether it is for this process to say it, now and for the next minute: of replicas only one must."""
    return work.inbox.mine(SAID + key)


def note(work: Work, *keys: str) -> None:
    """Note that the answers of these keys were given."""
    work.inbox.done([SAID + key for key in keys], "said")


def over(work: Work, key: str) -> None:
    """Note that nobody is at it any more."""
    work.inbox.over(SAID + key)
