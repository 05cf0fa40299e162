"""A duty that was said to be done is not done after all. Not here: who is told, how it is saved."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ids import DutyId
from handlers.people import PersonId
from handlers.workflow.moves import Already, NotYours, Refusal, Unknown
from handlers.workflow.parts import Word
from handlers.workflow.request import Duty, DutyStatus, Request


@dataclass(frozen=True, slots=True)
class Reopened:
    """The duty, to be done again; `was` is what had been said to be done."""

    duty: Duty
    was: Duty


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Nobody has said that it is done."""

    duty: Duty


def reopen(
    request: Request, duty_id: DutyId, actor: PersonId, told: Collection[PersonId], why: str, now: datetime
) -> Reopened | StillOpen | Refusal:
    """Open a duty again: the requester may, its owners, and whoever is `told` that it is done. What was handed in stays in the record."""
    duty = request.duty(duty_id)
    if duty is None:
        return Unknown()
    may = tuple(dict.fromkeys((request.requester, *duty.owners, *told)))
    if actor not in may:
        return NotYours(may)
    if duty.status is DutyStatus.open:
        return StillOpen(duty)
    if duty.status is DutyStatus.closed:
        return Already(request)
    again = replace(duty, status=DutyStatus.open, evidence="", done_by=None, done_at=None, reopened=Word(actor, now, why))
    return Reopened(again, duty)
