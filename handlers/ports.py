"""What the use cases need from outside: storage, chats, packs. Shapes only; each port is named where it is filled."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from handlers.cards import Card
from handlers.ids import DutyId
from handlers.obstacles import Obstacle
from handlers.people import Address, DistrictKey, PersonId
from handlers.policy.pack import Pack
from handlers.reaching import Conversations, Inbox, Outbox, Proposals, Threads, Workspaces
from handlers.repositories import (
    Amendments,
    Answers,
    Calendars,
    Chains,
    Channels,
    Directory,
    Feedbacks,
    Grounds,
    Record,
    Requests,
    Seals,
    StandIns,
    Texts,
)
from handlers.trouble import Trouble

P = ParamSpec("P")
T = TypeVar("T")


class CannotDeliver(Exception):  # noqa: N818  # named for what happened, as the chats raise it
    """A message did not arrive; `permanent` when trying again cannot help, `after` seconds when the platform says so.

    `rest`: it may be about to arrive, and is not looked for, nor sent again, for so many seconds.
    """

    def __init__(
        self, why: str, *, permanent: bool, after: float | None = None, obstacle: Obstacle = Obstacle.refused, rest: float = 0.0
    ) -> None:
        """Keep the platform's reason for the log, never for a person; `obstacle` is what a person is told."""
        super().__init__(why)
        self.permanent = permanent
        self.after = after
        self.rest = rest
        self.obstacle = obstacle


class UnknownDistrict(Trouble):
    """No pack of that key."""

    def __init__(self, district: str) -> None:
        """Name the key, shortened: it may be anything that somebody typed."""
        super().__init__(f"There is no policy pack {district[:60]!r}: `hallpass policy list` shows every one.")


@dataclass(frozen=True, slots=True)
class Work:
    """Everything one unit of work may touch, inside one transaction."""

    requests: Requests
    record: Record
    outbox: Outbox
    inbox: Inbox
    answers: Answers
    directory: Directory
    proposals: Proposals
    conversations: Conversations
    texts: Texts
    threads: Threads
    feedback: Feedbacks
    workspaces: Workspaces
    stand_ins: StandIns
    channels: Channels
    calendars: Calendars
    grounds: Grounds
    chains: Chains
    seals: Seals
    amendments: Amendments

    def but(self, **ports: Any) -> "Work":  # noqa: ANN401  # any of them
        """Return the same with other ports in these places."""
        return replace(self, **ports)


class Store(Protocol):
    """Runs a plain function inside one transaction: no await fits in it, so no network can."""

    async def write(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T: ...
    async def read(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T: ...

    async def glance(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read a row or two, each as it stands at that moment: where that takes less than handing it over, nothing else moves meanwhile."""
        return await self.read(unit, *args, **kwargs)


class Packs(Protocol):
    """The districts' packs, loaded when first asked for."""

    def keys(self) -> tuple[DistrictKey, ...]: ...
    def get(self, district: DistrictKey) -> Pack: ...  # raises UnknownDistrict, or the faults of a broken pack


class Chat(Protocol):
    """One platform's way out.

    `beneath` is the message about the same request that was posted first, where there is one; `shared` is the same for every copy of a card
    that the technology department may see in one place; `again` says that it was tried before, and may have arrived.
    """

    async def post(
        self, to: Address, card: Card, key: str, beneath: str = "", shared: str = "", *, again: bool = False
    ) -> str: ...  # the message's id; raises CannotDeliver
    async def update(self, to: Address, message: str, card: Card) -> None: ...


class Vault(Protocol):
    """Keeps secrets unreadable for whoever reads the database."""

    def seal(self, text: str) -> str: ...  # safe in an address and in a cookie
    def open(self, sealed: str, *, within: int | None = None) -> str | None: ...  # None: not ours, or sealed more than these seconds ago
    def is_outdated(self, sealed: str) -> bool: ...  # under a key that is no longer the newest


Clock = Callable[[], datetime]
NewId = Callable[[], str]
Link = Callable[[DutyId, PersonId], str]  # where this reader finds the file of a duty's letter, for a while; empty: nowhere


def no_link(duty: DutyId, reader: PersonId) -> str:  # noqa: ARG001  # fills the port where nothing is served
    """Return that there is no such place."""
    return ""
