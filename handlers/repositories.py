"""What is kept and found again, a port for each kind of thing; storage fills them. Shapes only. Not here: transactions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from handlers.ids import AnswerId, ChannelId, DutyId, QuestionId, RequestId, StageId
from handlers.kept import (
    Answered,
    Feedback,
    Ground,
    Happening,
    Head,
    Verified,
)
from handlers.people import Address, DistrictKey, Person, PersonId, StandIn, StandInId
from handlers.workflow.channel import Channel
from handlers.workflow.request import Duty, Request, Stage, Waits
from handlers.workflow.said import Question


class Requests(Protocol):
    """Requests with their stages and duties; changes are conditional, so that only the first of two wins."""

    def add(self, request: Request) -> None: ...
    def get(self, request: RequestId) -> Request | None: ...
    def several(self, requests: Sequence[RequestId]) -> tuple[Request, ...]: ...  # those that are there, in this order
    def of_stage(self, stage: StageId) -> Request | None: ...
    def of_duty(self, duty: DutyId) -> Request | None: ...
    def settle(self, request: Request, stage: Stage) -> bool: ...  # stage decided while open and request pending; False: somebody was first
    def wait(self, stage: StageId, waits: Waits) -> None: ...  # when something is done about it if nobody decides
    def withdraw(self, request: Request) -> bool: ...  # status changed while pending, what is owed is closed; False: somebody was first
    def stop(self, request: Request) -> bool: ...  # ended or revoked while approved; False: somebody was first
    def ask(self, request: RequestId, question: Question) -> bool: ...  # kept while its stage is open; False: somebody decided
    def reply(self, request: RequestId, question: Question) -> bool: ...  # once, while its stage is open; False: too late
    def of_question(self, question: QuestionId) -> Request | None: ...
    def approved(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]: ...  # newest first, without those that are over
    def ask_also(
        self, stage: StageId, person: PersonId, by: PersonId | None, reason: str = ""
    ) -> bool: ...  # once each, while undecided; False: asked or decided before. `by` None: the bot
    def oblige(self, request: RequestId, duties: Sequence[Duty]) -> None: ...
    def owe_also(self, duty: DutyId, person: PersonId) -> None: ...  # one owner more, who must not be one before
    def fulfil(self, duty: Duty) -> bool: ...  # done while open; False: somebody was first
    def finish(self, request: RequestId) -> bool: ...  # ended while pending, its last duty being done; False: somebody was first
    def resume(self, request: RequestId) -> bool: ...  # pending again while ended, what waits for others; False: it is not over
    def hold(self, request: RequestId) -> None: ...  # until this transaction ends nobody else settles or holds it
    def all(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]: ...  # newest first, as below
    def districts(self) -> tuple[DistrictKey, ...]: ...  # of which anything waits for a decision or for others, or holds
    def waiting_for(self, district: DistrictKey) -> tuple[Request, ...]: ...  # every pending one
    def of_requester(self, person: PersonId) -> tuple[Request, ...]: ...  # what waits or was approved
    def lately_of(self, person: PersonId, over: int) -> tuple[Request, ...]: ...  # what waits or holds, and so many of what is over
    def owing(self, district: DistrictKey) -> tuple[Request, ...]: ...  # those with an open duty of anybody
    def owed_by(self, person: PersonId) -> tuple[Request, ...]: ...  # those with an open duty of this person
    def handed_in(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]: ...  # those with a done duty, last done first
    def take(self, duty: Duty, before: PersonId | None) -> bool: ...  # while open and in the hands of `before`; False: somebody was first
    def reopen(self, duty: Duty, was: Duty) -> bool: ...  # while done as it was; False: somebody was first


class Channels(Protocol):
    """The register of channels: one entry a request, which is read with its request."""

    def add(self, channel: Channel) -> bool: ...  # False: the request has one
    def change(self, channel: Channel) -> bool: ...  # while it is of that edition, which then is the next; False: somebody was first
    def request_of(self, channel: ChannelId) -> RequestId | None: ...
    def of_district(self, district: DistrictKey) -> tuple[RequestId, ...]: ...  # the oldest first


class Amendments(Protocol):
    """What changes a request besides its decisions; conditional as well."""

    def alone(self, requester: PersonId) -> None: ...  # until this transaction ends nothing else is sent for this person
    def correct(self, request: Request) -> bool: ...  # other fields, while nobody decided or corrected since; False: somebody did
    def take_out(self, request: Request) -> bool: ...  # without a student, while approved and nobody else left since; False: somebody did
    def reassign(self, request: Request, stage: Stage) -> bool: ...  # to whom it went last, while undecided and not gone on; False: it is


class Record(Protocol):
    """What happened, append-only."""

    def add(self, happening: Happening) -> None: ...
    def of(self, request: RequestId) -> tuple[Happening, ...]: ...


class Chains(Protocol):
    """What proves the record: each district's rows, chained."""

    def head(self, district: DistrictKey) -> Head | None: ...  # None: nothing was recorded yet
    def verified(self, district: DistrictKey, kept: Sequence[Head] = ()) -> Verified: ...  # also against heads that were kept elsewhere
    def numbers(self, request: RequestId) -> tuple[int, ...]: ...  # of the request's lines, in the district's chain


class Seals(Protocol):
    """The data keys of what people typed, one a request."""

    def erase(self, request: RequestId, at: datetime) -> None: ...  # destroys the key: nobody reads what it sealed again
    def erased(self, request: RequestId) -> datetime | None: ...
    def rekey(self, limit: int) -> int: ...  # wraps that many keys under the newest secret, returns how many there were; 0: none is left
    def unopened(self) -> tuple[str, ...]: ...  # names of keys that wrapped some of it and that are not at hand


class Answers(Protocol):
    """The short memory of threads."""

    def add(self, answered: Answered) -> None: ...
    def get(self, answer: AnswerId) -> Answered | None: ...
    def latest(self, person: PersonId, thread: str) -> Answered | None: ...
    def owed(self, saying: str, since: datetime) -> tuple[Answered, ...]: ...  # kept since, and somebody is at `saying` and its id still
    def unsaid(self, noted: str, since: datetime) -> tuple[Answered, ...]: ...  # kept since, and not in the inbox under `noted` and its id


class Directory(Protocol):
    """People, roles, schools, supervisors."""

    def get(self, person: PersonId) -> Person | None: ...
    def by_email(self, district: DistrictKey, email: str) -> Person | None: ...
    def by_address(self, address: Address) -> Person | None: ...
    def people(self, district: DistrictKey) -> tuple[Person, ...]: ...
    def ever(self, district: DistrictKey) -> tuple[Person, ...]: ...  # who has left as well, without seats
    def replace(self, district: DistrictKey, people: Sequence[Person]) -> None: ...
    def bind(self, person: Person, address: Address) -> None: ...  # one address more, which nobody of the district may have


class Texts(Protocol):
    """The districts' own texts, attached at run time."""

    def attach(self, district: DistrictKey, text: str, at: datetime) -> None: ...
    def get(self, district: DistrictKey) -> str | None: ...


class Calendars(Protocol):
    """The days without school that were imported."""

    def keep(self, district: DistrictKey, days: Mapping[date, str]) -> None: ...  # each day's name; in the place of every earlier one
    def of(self, district: DistrictKey) -> Mapping[date, str]: ...  # by day


class Feedbacks(Protocol):
    """What people said of the answers they got: one verdict a person and answer."""

    def keep(self, feedback: Feedback) -> None: ...  # the last one counts
    def get(self, answer: AnswerId, person: PersonId) -> Feedback | None: ...
    def of_district(self, district: DistrictKey, since: datetime) -> tuple[tuple[Answered, Feedback], ...]: ...  # newest first


class StandIns(Protocol):
    """Who stands in for whom, at most one for each person."""

    def name(self, stand_in: StandIn) -> None: ...  # in the place of whoever stood in for this person before
    def of(self, person: PersonId) -> StandIn | None: ...  # who stands in, or will; nobody whose days are over
    def holding(self, district: DistrictKey) -> tuple[StandIn, ...]: ...  # at this moment
    def begun(self) -> tuple[StandIn, ...]: ...  # those that hold and were not told so
    def told(self, stand_in: StandIn) -> None: ...
    def end(self, stand_in: StandInId) -> bool: ...  # False: it had ended


class Grounds(Protocol):
    """What the rules behind requests said when they were sent."""

    def keep(self, request: Request, rules: Sequence[Ground]) -> None: ...  # once for each version of a pack and process
    def of(self, request: Request) -> tuple[Ground, ...]: ...  # empty for one that was sent before they were kept
