"""A request, its stages and its duties, as values. Not here: which move is legal, who is told, how it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.ids import AnswerId, DutyId, QuestionId, RequestId, StageId
from handlers.people import DistrictKey, PersonId, Role
from handlers.workflow.channel import Channel
from handlers.workflow.said import Change, Correction, Departure, Given, Question, Reassigned, Word


class Status(StrEnum):
    """Where a request stands, as every reader of our records knows it (contracts, section 1)."""

    pending = "pending"
    approved = "approved"
    denied = "denied"
    withdrawn = "withdrawn"
    lapsed = "lapsed"
    ended = "ended"
    revoked = "revoked"


class StageStatus(StrEnum):
    """Where one stage stands: not yet its turn, its turn, decided, or never to be decided."""

    waiting = "waiting"
    open = "open"
    approved = "approved"
    denied = "denied"
    closed = "closed"


class DutyStatus(StrEnum):
    """Whether a duty has been done, or is asked for no more."""

    open = "open"
    done = "done"
    closed = "closed"


@dataclass(frozen=True, slots=True)
class Delegation:
    """Somebody who may decide beside the others because `by` asked them; with `until` as a stand-in, up to and including that day."""

    person: PersonId
    by: PersonId
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """When something is done about a stage that nobody decides; None: never. Said to the requester, and kept as it was said."""

    remind: datetime | None = None
    escalate: datetime | None = None
    lapse: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One decision to be made by any one of `people`, who held `role` for this requester when the request was sent.

    `stands_in` names the role they held instead when nobody else held that one. `added` were asked afterwards, by name: each may decide
    beside the others. Who may decide today: handlers.workflow.authority.
    """

    id: StageId
    role: Role
    people: tuple[PersonId, ...]
    status: StageStatus
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    reason: str = ""
    stands_in: Role | None = None
    added: tuple[PersonId, ...] = ()
    delegations: tuple[Delegation, ...] = ()  # by whom, of those who were asked by somebody
    changes: tuple[Change, ...] = ()  # the terms on which it was approved; `reason` then says them in the decider's words
    waits: Waits | None = None  # from when it was asked on
    turn: int | None = None  # stages of the same turn are decided side by side; None: this one alone
    school: str = ""  # whose holders of the role decide; empty: those of any of the requester's schools
    reassigned: tuple[Reassigned, ...] = ()  # whom it went to; the last one has it

    @property
    def on_terms(self) -> bool:
        """Whether it was approved on other terms than those asked for."""
        return self.status is StageStatus.approved and bool(self.reason)

    @property
    def round(self) -> str:
        """What tells the cards and timers of a stage that went to somebody else from those before; empty the first time."""
        return str(len(self.reassigned)) if self.reassigned else ""

    @property
    def given(self) -> Reassigned | None:
        """How it came to whoever has it; None for those whose it is by their role."""
        last = self.reassigned[-1] if self.reassigned else None
        return last if last is not None and last.to in self.people else None

    @property
    def former(self) -> frozenset[PersonId]:
        """Who could decide it before it went to somebody else, and cannot now."""
        return frozenset(one for went in self.reassigned for one in went.had) - frozenset(self.people)

    def delegation(self, person: PersonId | None) -> Delegation | None:
        """Return by whom that person was asked to decide, None for whoever decides in their own right."""
        return next((one for one in self.delegations if one.person == person), None)


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody has to do after an approval or a notice; `key` names the pack's obligation.

    `handed` says who gave it to `taken_by`, `reopened` who said last that it was not done after all.
    """

    id: DutyId
    key: str
    what: str
    owner_role: Role
    owners: tuple[PersonId, ...]
    status: DutyStatus = DutyStatus.open
    due: datetime | None = None
    evidence: str = ""
    done_by: PersonId | None = None
    done_at: datetime | None = None
    taken_by: PersonId | None = None
    taken_at: datetime | None = None
    given: tuple[Given, ...] = ()  # the evidence, where the obligation asks for several things
    handed: Word | None = None
    reopened: Word | None = None

    @property
    def round(self) -> str:
        """What tells the cards of a duty that was opened again from those before; empty the first time."""
        return f"{self.reopened.at:%Y%m%d%H%M%S%f}" if self.reopened else ""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, under which version of the rules, and where it stands.

    `starts` and `ends` are filled at the approval; who ended it early is `stopped_by`, which makes `ends` that moment.
    `addressee` is the colleague at whom it is directed, `subject` the one whom it is about and who gets no card of it.
    """

    id: RequestId
    district: DistrictKey
    process: str
    rule: str
    answer: AnswerId
    requester: PersonId
    fields: Mapping[str, str]
    fingerprint: str
    status: Status
    opened_at: datetime
    stages: tuple[Stage, ...] = ()
    duties: tuple[Duty, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    questions: tuple[Question, ...] = ()
    renews: RequestId | None = None
    stopped_by: PersonId | None = None
    why_stopped: str = ""
    channel: Channel | None = None  # its entry in the register, if it has one
    addressee: PersonId | None = None
    subject: PersonId | None = None
    corrections: tuple[Correction, ...] = ()
    departures: tuple[Departure, ...] = ()  # of students who were named in `fields` and are no more

    @property
    def with_others(self) -> bool:
        """Whether it waits for nobody's decision, but for what others have to do."""
        return self.status is Status.pending and not self.stages

    @property
    def open_stage(self) -> Stage | None:
        """The stage whose turn it is, if any."""
        return next((stage for stage in self.stages if stage.status is StageStatus.open), None)

    @property
    def open_stages(self) -> tuple[Stage, ...]:
        """The stages whose turn it is: several where the pack lets them decide side by side."""
        return tuple(stage for stage in self.stages if stage.status is StageStatus.open)

    def stage(self, stage_id: StageId) -> Stage | None:
        """Return the stage of that id, None if this request has none."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def question(self, question_id: QuestionId) -> Question | None:
        """Return the question of that id, None if nobody asked it about this request."""
        return next((question for question in self.questions if question.id == question_id), None)

    def duty(self, duty_id: DutyId) -> Duty | None:
        """Return the duty of that id, None if this request has none."""
        return next((duty for duty in self.duties if duty.id == duty_id), None)
