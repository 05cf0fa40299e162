"""Who works on a duty that several could do: taken once, then only taken over. Not here: who is told, how it is saved."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ids import DutyId
from handlers.people import PersonId
from handlers.workflow.moves import Already, DutyOver, NotYours, Refusal, Unknown
from handlers.workflow.request import Duty, DutyStatus, Request


@dataclass(frozen=True, slots=True)
class Taken:
    """The duty in the hands of whoever took it; `before` had it until then."""

    duty: Duty
    before: PersonId | None = None


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """Somebody else was first."""

    duty: Duty


def take(request: Request, duty_id: DutyId, actor: PersonId, now: datetime, *, over: bool = False) -> Taken | TakenBefore | Refusal:
    """Take a duty that is nobody's; with `over` also one that another owner has. Any owner may still do it."""
    duty = request.duty(duty_id)
    if duty is None:
        return Unknown()
    if actor not in duty.owners:
        return NotYours(duty.owners)
    if duty.status is not DutyStatus.open:
        return DutyOver(duty) if duty.status is DutyStatus.done else Already(request)
    if duty.taken_by == actor:
        return Taken(duty, actor)
    if duty.taken_by is not None and not over:
        return TakenBefore(duty)
    return Taken(replace(duty, taken_by=actor, taken_at=now), duty.taken_by)
