"""Which move is legal, and what it comes to. Not here: what a refusal says (refused), who is told, how it is saved, what time it is."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from handlers.ids import StageId
from handlers.people import PersonId
from handlers.workflow.refused import Already, NotYours, OwnRequest, Refusal, SamePerson, StageOver, TooEarly, Unknown
from handlers.workflow.request import Duty, Request, Stage, StageStatus, Status
from handlers.workflow.steps import UNDECIDED, as_it_stood, changed, closed, dropped, following
from handlers.workflow.untimely import HandedOver, WithAnother


class Move(StrEnum):
    """What can happen to a request, pending or approved."""

    approve = "approve"  # at its last stage; before that the request stays pending
    deny = "deny"
    withdraw = "withdraw"  # an approved one is given up
    correct = "correct"  # by the requester, while nobody has decided
    ask = "ask"
    answer = "answer"
    revoke = "revoke"
    leave = "leave"  # one of the students; the last of them ends it
    lapse = "lapse"  # nobody's: the district's time is over
    renew = "renew"  # asks anew for what was approved, or lapsed; that stays as it is
    finish = "finish"  # the last duty of what was asked of others is done
    reopen = "reopen"  # one of those duties is not done after all: others have to do something again


MOVES = {
    (Status.pending, Move.approve): Status.approved,
    (Status.pending, Move.deny): Status.denied,
    (Status.pending, Move.withdraw): Status.withdrawn,
    (Status.pending, Move.correct): Status.pending,
    (Status.pending, Move.ask): Status.pending,
    (Status.pending, Move.answer): Status.pending,
    (Status.pending, Move.lapse): Status.lapsed,
    (Status.pending, Move.finish): Status.ended,
    (Status.approved, Move.withdraw): Status.ended,
    (Status.approved, Move.revoke): Status.revoked,
    (Status.approved, Move.leave): Status.approved,
    (Status.approved, Move.renew): Status.approved,
    (Status.ended, Move.renew): Status.ended,
    (Status.lapsed, Move.renew): Status.lapsed,
    (Status.ended, Move.reopen): Status.pending,
}

Decision = Literal[Move.approve, Move.deny]  # what a stage's people can do; taking back is the requester's

DECIDED = {Move.approve: StageStatus.approved, Move.deny: StageStatus.denied}


@dataclass(frozen=True, slots=True)
class Settled:
    """The request after the move, and the stage whose turn it is now, the first of several side by side, if any."""

    request: Request
    next: Stage | None = None


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """The duty after it was done, and where its request stands since."""

    duty: Duty
    status: Status


def settle(request: Request, stage_id: StageId, move: Decision, actor: PersonId, reason: str, now: datetime) -> Settled | Refusal:
    """Decide one stage: who presses, at which stage, how, and why."""
    stage = request.stage(stage_id)
    refused = barred(request, stage, actor, move)
    if stage is None or refused is not None:
        return refused or Unknown()
    decided = replace(stage, status=DECIDED[move], decided_by=actor, decided_at=now, reason=reason)
    if move is Move.approve:
        return _approved(request, decided)
    return Settled(replace(request, status=MOVES[request.status, move], stages=closed(changed(request.stages, decided))))


def _approved(request: Request, decided: Stage) -> Settled:
    """Open what comes next, if this was the last of those side by side; the request is approved once nothing is undecided."""
    then, stages = following(request, decided), changed(request.stages, decided)
    for one in then:
        stages = changed(stages, one)
    if any(one.status in UNDECIDED for one in stages):
        return Settled(replace(request, stages=stages), then[0] if then else None)
    return Settled(replace(request, status=MOVES[request.status, Move.approve], stages=stages))


def settled_before(request: Request, stage: Stage) -> Settled:
    """Return what deciding this stage came to at its time, whatever happened since: a press that comes twice is answered alike."""
    if stage.status is StageStatus.denied:
        return Settled(replace(request, status=Status.denied))
    return _approved(replace(request, status=Status.pending, stages=as_it_stood(request, stage)), stage)


def withdraw(request: Request, actor: PersonId) -> Settled | Refusal:
    """Take a pending request back, or give an approved one up; only the requester may."""
    if request.requester != actor:
        return Unknown()
    after = MOVES.get((request.status, Move.withdraw))
    if after is None:
        return Already(request)
    if request.with_others and request.addressee is None:
        return HandedOver()
    return Settled(replace(dropped(request), status=after, stages=closed(request.stages)))


def lapse(request: Request) -> Settled | Already:
    """End a pending request that nobody decided in the district's time."""
    after = MOVES.get((request.status, Move.lapse))
    return Already(request) if after is None else Settled(replace(request, status=after, stages=closed(request.stages)))


def barred(request: Request, stage: Stage | None, actor: PersonId, move: Move) -> Refusal | None:
    """Return why this person may not decide this stage, or ask at it, now: first whose it is, then whether it is still to be decided."""
    if stage is None:
        return Unknown()
    if actor == request.requester:
        return OwnRequest()
    if actor in stage.people or actor in stage.former:
        return _past(request, stage, actor, move) or _twice(request, actor)
    return _twice(request, actor) or NotYours(stage.people)


def _past(request: Request, stage: Stage, actor: PersonId, move: Move) -> Refusal | None:
    if stage.decided_by is not None and request.status is Status.pending:
        return StageOver(request, stage)
    if (request.status, move) not in MOVES:
        return Already(request)
    if actor in stage.former:
        return WithAnother(stage)
    return TooEarly(request, stage) if stage.status is StageStatus.waiting else None


def _twice(request: Request, actor: PersonId) -> SamePerson | None:
    earlier = next((stage for stage in request.stages if stage.decided_by == actor), None)
    return SamePerson(earlier) if earlier is not None else None
