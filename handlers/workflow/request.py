"""A request, its stages and its duties, as values. Not here: which move is legal, who is told, how it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.ids import AnswerId, DutyId, RequestId, StageId
from handlers.people import DistrictKey, PersonId, Role


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
    """Whether a duty has been done."""

    open = "open"
    done = "done"


@dataclass(frozen=True, slots=True)
class Stage:
    """One decision to be made by any one of `people`, who held `role` for this requester when the request was sent.

    `stands_in` names the role they held instead when nobody else held that one. Who may decide today: handlers.workflow.authority.
    """

    id: StageId
    role: Role
    people: tuple[PersonId, ...]
    status: StageStatus
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    reason: str = ""
    stands_in: Role | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody has to do after an approval or a notice; `key` names the pack's obligation."""

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


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, under which version of the rules, and where it stands."""

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

    @property
    def open_stage(self) -> Stage | None:
        """The stage whose turn it is, if any."""
        return next((stage for stage in self.stages if stage.status is StageStatus.open), None)

    def stage(self, stage_id: StageId) -> Stage | None:
        """Return the stage of that id, None if this request has none."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def duty(self, duty_id: DutyId) -> Duty | None:
        """Return the duty of that id, None if this request has none."""
        return next((duty for duty in self.duties if duty.id == duty_id), None)
