"""Which class fills which port: the clock, ids, packs, the desk and the courier. Nothing is decided here."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.loops import Courier
from handlers.deliver import Chats
from handlers.desk import Desk
from handlers.obstacles import Obstacle
from handlers.people import DistrictKey
from handlers.policy.prove import Accounts
from handlers.policy.understand.reading import understand
from handlers.ports import Link, Packs, Store, no_link
from handlers.undelivered import channel_closed
from storage.packs import DiskPacks

POLICIES = Path(__file__).parent.parent / "policies"


def clock() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return an id that nobody can guess: 128 bits, as letters and digits that are safe in every platform's ids."""
    return secrets.token_hex(16)


def packs(rest: float = 0.0) -> Packs:
    """Return the packs of this checkout; `rest` is for how many seconds it is not looked whether one was changed."""
    return DiskPacks(POLICIES, rest=rest)


def accounts(district: DistrictKey) -> Accounts:
    """Return what a pack's rules leave out, each with its reason."""
    return DiskPacks(POLICIES).accounts(district)


def desk(store: Store, known: Packs, courier: Courier, link: Link = no_link) -> Desk:
    """Return the one door, with everything behind it; `link` says where a letter's file is fetched."""
    return Desk(store, known, understand, clock, new_id, courier.wake, link)


def warm() -> None:
    """Open the network and read with it once: the first question after a start must not wait for that. For a thread of its own."""
    understand(("May I write to a student?",))


def courier(store: Store, known: Packs, chats: Chats) -> Courier:
    """Return the courier for these chats."""
    return Courier(store, known, chats, clock)


def on_closed(store: Store, known: Packs) -> Callable[[str, Obstacle], Awaitable[None]]:
    """Return how a chat says that a shared card could not stand in the technology department's channel."""

    async def tell(shared: str, obstacle: Obstacle) -> None:
        await store.write(channel_closed, known, shared, obstacle, clock())

    return tell
