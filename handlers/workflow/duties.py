"""What an approval or a notice obliges, and whom: obligations become duties, and are done. Not here: when they are reminded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ids import DutyId, RequestId
from handlers.people import Person, PersonId, Role
from handlers.workflow.chain import holders
from handlers.workflow.moves import MOVES, Fulfilled, Move
from handlers.workflow.refused import Already, DutyOver, NotYours, Refusal, Unknown
from handlers.workflow.request import Duty, DutyStatus, Request
from handlers.workflow.said import Given
from handlers.workflow.steps import waits_only_for


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation as the workflow needs it: a key, the sentence, whose it is, and by when; `people` are those of the request itself."""

    key: str
    what: str
    owner: Role
    people: tuple[PersonId, ...] = ()
    due: datetime | None = None


def duties(request: RequestId, owed: Sequence[Owed], requester: Person, directory: Sequence[Person]) -> tuple[Duty, ...]:
    """Return one duty for each obligation, owned by its people, or by everybody who holds its role for this requester."""
    return tuple(_duty(request, number, one, one.people or holders(one.owner, requester, directory)) for number, one in enumerate(owed, 1))


def _duty(request: RequestId, number: int, owed: Owed, owners: tuple[PersonId, ...]) -> Duty:
    return Duty(DutyId(f"{request}.d{number}"), owed.key, owed.what, owed.owner, owners, due=owed.due)


def fulfil(
    request: Request, duty_id: DutyId, actor: PersonId, evidence: str, now: datetime, given: tuple[Given, ...] = ()
) -> Fulfilled | Refusal:
    """Say that a duty is done; only its owners may, and only once."""
    duty = open_for(request, duty_id, actor)
    if not isinstance(duty, Duty):
        return duty
    done = replace(duty, status=DutyStatus.done, evidence=evidence, done_by=actor, done_at=now, given=given)
    return Fulfilled(done, MOVES[request.status, Move.finish] if waits_only_for(request, duty) else request.status)


def open_for(request: Request, duty_id: DutyId, actor: PersonId) -> Duty | Refusal:
    """Return the duty if it is open and one of the actor's, else why nothing can be done with it."""
    duty = request.duty(duty_id)
    if duty is None or actor == request.subject:  # there is nothing to be found of a report about oneself
        return Unknown()
    if actor not in duty.owners:
        return NotYours(duty.owners)
    if duty.status is not DutyStatus.open:
        return DutyOver(duty) if duty.status is DutyStatus.done else Already(request)
    return duty
