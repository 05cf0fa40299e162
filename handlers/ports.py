"""What the use cases need from outside: storage, chats, packs. Shapes only; each port is named where it is filled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from handlers.cards import Card
from handlers.ids import AnswerId, DutyId, RequestId, StageId
from handlers.kept import Answered, Claimed, Copy, Happening, Leaving, Proposal
from handlers.people import Address, DistrictKey, Person, PersonId
from handlers.policy.pack import Pack
from handlers.trouble import Trouble
from handlers.workflow.request import Duty, Request, Stage

P = ParamSpec("P")
T = TypeVar("T")


class CannotDeliver(Exception):  # noqa: N818  # named for what happened, as the chats raise it
    """A message did not arrive; `permanent` when trying again cannot help, `after` seconds when the platform says so."""

    def __init__(self, why: str, *, permanent: bool, after: float | None = None) -> None:
        """Keep the platform's reason for the log, never for a person."""
        super().__init__(why)
        self.permanent = permanent
        self.after = after


class UnknownDistrict(Trouble):
    """No pack of that key."""

    def __init__(self, district: str) -> None:
        """Name the key, shortened: it may be anything that somebody typed."""
        super().__init__(f"There is no policy pack {district[:60]!r}: `hallpass policy list` shows every one.")


class Requests(Protocol):
    """Requests with their stages and duties; changes are conditional, so that only the first of two wins."""

    def add(self, request: Request) -> None: ...
    def get(self, request: RequestId) -> Request | None: ...
    def of_stage(self, stage: StageId) -> Request | None: ...
    def of_duty(self, duty: DutyId) -> Request | None: ...
    def settle(self, request: Request, stage: Stage) -> bool: ...  # stage decided while open and request pending; False: somebody was first
    def withdraw(self, request: Request) -> bool: ...  # status changed while pending; False: somebody was first
    def oblige(self, request: RequestId, duties: Sequence[Duty]) -> None: ...
    def fulfil(self, duty: Duty) -> bool: ...  # done while open; False: somebody was first
    def all(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]: ...  # newest first, as below
    def waiting_for(self, district: DistrictKey) -> tuple[Request, ...]: ...  # every pending one
    def of_requester(self, person: PersonId) -> tuple[Request, ...]: ...
    def owed_by(self, person: PersonId) -> tuple[Request, ...]: ...  # those with an open duty of this person
    def handed_in(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]: ...  # those with a done duty, last done first


class Record(Protocol):
    """What happened, append-only."""

    def add(self, happening: Happening) -> None: ...
    def of(self, request: RequestId) -> tuple[Happening, ...]: ...


class Outbox(Protocol):
    """Cards waiting to leave, put in the same transaction as what they tell."""

    def put(self, leaving: Leaving) -> None: ...  # a key seen before is no second row
    def claim(self, limit: int) -> tuple[Claimed, ...]: ...  # the heads of the lanes that are due, leased by the database's clock
    def sent(self, claimed: Claimed, copy: Copy | None) -> None: ...
    def failed(self, claimed: Claimed, why: str, retry_in: float | None) -> None: ...  # None: dead, an administrator must look
    def first(self, request: RequestId, reader: PersonId) -> Copy | None: ...  # the first card about it that was posted to this reader
    def cards(self, request: RequestId) -> tuple[Leaving, ...]: ...  # every card put about it, posted or not; no redraws
    def dead(self, district: DistrictKey) -> tuple[tuple[Leaving, str], ...]: ...  # what was given up, and why; oldest first
    def waiting(self) -> float | None: ...  # seconds until the next row is due, None when there is none


class Inbox(Protocol):
    """Deliveries already seen."""

    def first(self, delivery: str, result: str = "") -> bool: ...  # False: it came before
    def result(self, delivery: str) -> str | None: ...


class Answers(Protocol):
    """The short memory of threads."""

    def add(self, answered: Answered) -> None: ...
    def get(self, answer: AnswerId) -> Answered | None: ...
    def latest(self, person: PersonId, thread: str) -> Answered | None: ...


class Directory(Protocol):
    """People, roles, schools, supervisors."""

    def get(self, person: PersonId) -> Person | None: ...
    def by_email(self, district: DistrictKey, email: str) -> Person | None: ...
    def by_address(self, address: Address) -> Person | None: ...
    def people(self, district: DistrictKey) -> tuple[Person, ...]: ...
    def ever(self, district: DistrictKey) -> tuple[Person, ...]: ...  # who has left as well, without seats
    def replace(self, district: DistrictKey, people: Sequence[Person]) -> None: ...
    def bind(self, person: Person, address: Address) -> None: ...  # one address more, which nobody of the district may have


class Proposals(Protocol):
    """Who may be whom on a platform, until an administrator says so."""

    def propose(self, proposal: Proposal) -> None: ...  # once for each user: only another person takes the place of the first
    def of_district(self, district: DistrictKey) -> tuple[Proposal, ...]: ...  # oldest first
    def drop(self, person: PersonId) -> None: ...  # every proposal of this person


class Texts(Protocol):
    """The districts' own texts, attached at run time."""

    def attach(self, district: DistrictKey, text: str, at: datetime) -> None: ...
    def get(self, district: DistrictKey) -> str | None: ...


class Threads(Protocol):
    """The browser's own memory of its threads, as a chat platform keeps its messages."""

    def post(self, reader: Address, key: str, body: str, at: datetime) -> str: ...  # a key seen before returns the first message
    def edit(self, reader: Address, message: str, body: str) -> None: ...
    def of(self, reader: Address, limit: int = 200) -> tuple[tuple[str, str, datetime], ...]: ...  # message, body, at; oldest first


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
    texts: Texts
    threads: Threads


class Store(Protocol):
    """Runs a plain function inside one transaction: no await fits in it, so no network can."""

    async def write(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T: ...
    async def read(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T: ...


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


Clock = Callable[[], datetime]
NewId = Callable[[], str]
