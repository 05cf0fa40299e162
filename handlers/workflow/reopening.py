"""A duty that was said to be done is not done after all. Not here: who is told, how it is saved."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ids import DutyId
from handlers.people import PersonId
from handlers.workflow.channel import CLOSING
from handlers.workflow.moves import MOVES, Move
from handlers.workflow.refused import Already, NotYours, Refusal, Unknown
from handlers.workflow.request import Duty, DutyStatus, Request, Status
from handlers.workflow.said import Word


@dataclass(frozen=True, slots=True)
class Reopened:
    """The duty, to be done again; `was` is what had been said to be done, `status` where its request stands since."""

    duty: Duty
    was: Duty
    status: Status


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Nobody has said that it is done."""

    duty: Duty


def reopen(
    request: Request, duty_id: DutyId, actor: PersonId, told: Collection[PersonId], why: str, now: datetime, *, waits: bool = False
) -> Reopened | StillOpen | Refusal:
    """Open a duty again: the requester may, its owners, and whoever is `told` that it is done. What was handed in stays in the record.

    What `waits` for others does so again; a permission stays as it is, and so does what waited for nobody.
    """
    duty = request.duty(duty_id)
    if duty is None or actor == request.subject:
        return Unknown()
    may = tuple(dict.fromkeys((request.requester, *duty.owners, *told)))
    if actor not in may:
        return NotYours(may)
    if duty.status is DutyStatus.open:
        return StillOpen(duty)
    if duty.status is DutyStatus.closed or request.status is Status.withdrawn:
        return Already(request)
    again = replace(duty, status=DutyStatus.open, evidence="", done_by=None, done_at=None, reopened=Word(actor, now, why))
    resumes = waits and request.status is Status.ended and duty.key != CLOSING
    return Reopened(again, duty, MOVES[request.status, Move.reopen] if resumes else request.status)
