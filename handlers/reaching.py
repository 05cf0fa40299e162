"""What leaves and comes in, and where people are reached: a port for each kind of thing; storage fills them. Shapes only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handlers.ids import RequestId
from handlers.kept import Backlog, Claimed, Copy, Dead, Leaving, Proposal, Workspace
from handlers.people import Address, DistrictKey, PersonId, Platform


class Outbox(Protocol):
    """Cards waiting to leave, put in the same transaction as what they tell; and timers, which are nobody's card."""

    def put(self, leaving: Leaving) -> None: ...  # a key seen before is no second row
    def claim(self, limit: int) -> tuple[Claimed, ...]: ...  # the heads of the lanes that are due, leased by the database's clock
    def behind(self, claimed: Sequence[int]) -> Mapping[int, tuple[int, ...]]: ...  # rewrites of the same card that are due as well
    def sent(self, claimed: Claimed, copy: Copy | None, shown: Sequence[int] = ()) -> None: ...  # `shown`: rewrites that are over with it
    def fired(self, claimed: Claimed) -> bool: ...  # the timer is over; False: somebody else has it by now
    def failed(self, claimed: Claimed, why: str, retry_in: float | None) -> bool: ...  # None: dead; False: somebody else has it by now
    def first(self, request: RequestId, reader: PersonId) -> Copy | None: ...  # the first card about it that was posted to this reader
    def cards(self, request: RequestId) -> tuple[Leaving, ...]: ...  # every card put about it, posted or not; no redraws
    def alive(self, request: RequestId, kind: str, about: str) -> frozenset[PersonId]: ...  # whose card arrived or is on its way
    def dead(self, district: DistrictKey) -> tuple[Dead, ...]: ...  # cards that were given up; oldest first
    def revive(self, dead: Sequence[int]) -> None: ...  # sent again, as soon as may be; what is not dead stays as it is
    def revive_timers(self) -> None: ...  # those that were given up, whosever they are
    def waiting(self) -> float | None: ...  # seconds until the next row is due, None when none is within ten minutes
    def backlog(self) -> Backlog: ...


class Inbox(Protocol):
    """Deliveries already seen."""

    def first(self, delivery: str, result: str = "") -> bool: ...  # False: it came before
    def result(self, delivery: str) -> str | None: ...
    def mine(self, what: str) -> bool: ...  # False: another process does it; it may be taken over a minute after that one last asked
    def over(self, what: str) -> None: ...  # nobody does it any more
    def done(self, what: Sequence[str], result: str) -> None: ...  # each is noted as a delivery is, unless it was, and over
    def beat(self) -> None: ...  # writes a row of its own anew: once it is committed, others can be


class Proposals(Protocol):
    """Who may be whom on a platform, until an administrator says so."""

    def propose(self, proposal: Proposal) -> None: ...  # once for each user: only another person takes the place of the first
    def of_district(self, district: DistrictKey) -> tuple[Proposal, ...]: ...  # oldest first
    def drop(self, person: PersonId) -> None: ...  # every proposal of this person


class Conversations(Protocol):
    """Where a platform lets us write to somebody, where it does not find that by itself; a reference is the platform's own text."""

    def keep(self, reader: Address, reference: str, at: datetime) -> None: ...  # the newest counts
    def of(self, reader: Address) -> str | None: ...
    def newest(self, platform: Platform, tenant: str) -> str | None: ...  # of anybody there
    def drop(self, reader: Address) -> None: ...  # we may no longer write there


class Threads(Protocol):
    """The browser's own memory of its threads, as a chat platform keeps its messages."""

    def post(self, reader: Address, key: str, body: str, at: datetime) -> str: ...  # a key seen before returns the first message
    def edit(self, reader: Address, message: str, body: str) -> None: ...
    def of(self, reader: Address, limit: int = 200) -> tuple[tuple[str, str, datetime], ...]: ...  # message, body, at; oldest first


class Workspaces(Protocol):
    """The tenants of chat platforms that let us in, and whose people are there."""

    def get(self, platform: Platform, tenant: str) -> Workspace | None: ...
    def all(self, platform: Platform) -> tuple[Workspace, ...]: ...  # by tenant; those that are no more as well
    def beneath(self, platform: Platform, above: str) -> tuple[Workspace, ...]: ...  # by tenant
    def install(self, workspace: Workspace) -> None: ...  # new or anew; whose people are there stays as it was said
    def note(self, workspace: Workspace) -> None: ...  # seen beneath an organization that let us in; one that is known stays as it is
    def renew(self, workspace: Workspace, sealed: str) -> bool: ...  # False: somebody changed what is sealed since it was read
    def remove(self, platform: Platform, tenant: str, at: datetime) -> bool: ...  # its tokens are gone for good; False: there were none
    def map(self, platform: Platform, tenant: str, district: DistrictKey) -> bool: ...  # False: no such workspace
