"""Which move is legal, and why a move is refused. Not here: who is told, how it is saved, what time it is."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from handlers.ids import DutyId, StageId
from handlers.people import PersonId
from handlers.workflow.request import Duty, DutyStatus, Request, Stage, StageStatus, Status


class Move(StrEnum):
    """What can happen to a pending request."""

    approve = "approve"  # at its last stage; before that the request stays pending
    deny = "deny"
    withdraw = "withdraw"


MOVES = {
    (Status.pending, Move.approve): Status.approved,
    (Status.pending, Move.deny): Status.denied,
    (Status.pending, Move.withdraw): Status.withdrawn,
}

Decision = Literal[Move.approve, Move.deny]  # what a stage's people can do; taking back is the requester's

DECIDED = {Move.approve: StageStatus.approved, Move.deny: StageStatus.denied}


@dataclass(frozen=True, slots=True)
class Settled:
    """The request after the move, and the stage whose turn it is now, if any."""

    request: Request
    next: Stage | None = None


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """The duty after it was done."""

    duty: Duty


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no such request, stage or duty, or it is none of the presser's business: the same sentence for both."""


@dataclass(frozen=True, slots=True)
class Already:
    """The request is in a final state; nothing moves it."""

    request: Request


@dataclass(frozen=True, slots=True)
class StageOver:
    """Somebody decided the stage before; the request itself may still be pending."""

    request: Request
    stage: Stage


@dataclass(frozen=True, slots=True)
class TooEarly:
    """An earlier stage comes first."""

    request: Request
    stage: Stage


@dataclass(frozen=True, slots=True)
class NotYours:
    """Somebody else decides this, or has to do it."""

    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """Nobody decides their own request."""


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Whoever decided one stage does not decide another: two different people must agree."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class DutyOver:
    """The duty was done before."""

    duty: Duty


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same press came again after it had been refused: what it may do now, only a new press does."""


Refusal = Unknown | Already | StageOver | TooEarly | NotYours | OwnRequest | SamePerson | DutyOver | Repeated


def settle(
    request: Request, stage_id: StageId, move: Decision, actor: PersonId, reason: str, now: datetime
) -> Settled | Refusal:  # each is one fact of the decision
    """Decide one stage: who presses, at which stage, how, and why."""
    stage = request.stage(stage_id)
    refused = _refused(request, stage, actor)
    if stage is None or refused is not None:
        return refused or Unknown()
    decided = replace(stage, status=DECIDED[move], decided_by=actor, decided_at=now, reason=reason)
    following = _following(request, stage) if move is Move.approve else None
    if following is not None:
        stages = _with(_with(request.stages, decided), following)
        return Settled(replace(request, stages=stages), following)
    stages = _closed(_with(request.stages, decided))
    return Settled(replace(request, status=MOVES[request.status, move], stages=stages))


def settled_before(request: Request, stage: Stage) -> Settled:
    """Return what deciding this stage came to at its time, whatever happened since: a press that comes twice is answered alike."""
    at = request.stages.index(stage) + 1
    if stage.status is StageStatus.denied:
        return Settled(replace(request, status=Status.denied))
    if at == len(request.stages):
        return Settled(replace(request, status=Status.approved))
    following = replace(request.stages[at], status=StageStatus.open, decided_by=None, decided_at=None, reason="")
    stages = (*request.stages[:at], following, *request.stages[at + 1 :])
    return Settled(replace(request, status=Status.pending, stages=stages), following)


def withdraw(request: Request, actor: PersonId) -> Settled | Refusal:
    """Take a pending request back; only the requester may."""
    if request.requester != actor:
        return Unknown()
    if request.status is not Status.pending:
        return Already(request)
    return Settled(replace(request, status=MOVES[request.status, Move.withdraw], stages=_closed(request.stages)))


def fulfil(request: Request, duty_id: DutyId, actor: PersonId, evidence: str, now: datetime) -> Fulfilled | Refusal:
    """Say that a duty is done; only its owners may, and only once."""
    duty = request.duty(duty_id)
    if duty is None:
        return Unknown()
    if actor not in duty.owners:
        return NotYours(duty.owners)
    if duty.status is DutyStatus.done:
        return DutyOver(duty)
    return Fulfilled(replace(duty, status=DutyStatus.done, evidence=evidence, done_by=actor, done_at=now))


def _refused(request: Request, stage: Stage | None, actor: PersonId) -> Refusal | None:
    """Return why this person may not decide this stage now: first whose it is, then whether it is still to be decided."""
    if stage is None:
        return Unknown()
    if actor == request.requester:
        return OwnRequest()
    if actor in stage.people:
        return _past(request, stage) or _twice(request, actor)
    return _twice(request, actor) or NotYours(stage.people)


def _past(request: Request, stage: Stage) -> Refusal | None:
    if stage.decided_by is not None and request.status is Status.pending:
        return StageOver(request, stage)
    if request.status is not Status.pending:
        return Already(request)
    return TooEarly(request, stage) if stage.status is StageStatus.waiting else None


def _twice(request: Request, actor: PersonId) -> SamePerson | None:
    earlier = next((stage for stage in request.stages if stage.decided_by == actor), None)
    return SamePerson(earlier) if earlier is not None else None


def _following(request: Request, stage: Stage) -> Stage | None:
    at = request.stages.index(stage) + 1
    return replace(request.stages[at], status=StageStatus.open) if at < len(request.stages) else None


def _with(stages: tuple[Stage, ...], changed: Stage) -> tuple[Stage, ...]:
    return tuple(changed if stage.id == changed.id else stage for stage in stages)


def _closed(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Close what nobody will decide any more."""
    undecided = {StageStatus.waiting, StageStatus.open}
    return tuple(replace(stage, status=StageStatus.closed) if stage.status in undecided else stage for stage in stages)
