"""Who works on a duty that several could do: taken once, then only taken or handed over. Not here: who is told, how it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ids import DutyId
from handlers.people import Person, PersonId, Role
from handlers.workflow.chain import holders
from handlers.workflow.duties import open_for
from handlers.workflow.refused import Refusal
from handlers.workflow.request import Duty, Request
from handlers.workflow.said import Word


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
    duty = open_for(request, duty_id, actor)
    if not isinstance(duty, Duty):
        return duty
    if duty.taken_by == actor:
        return Taken(duty, actor)
    if duty.taken_by is not None and not over:
        return TakenBefore(duty)
    return Taken(replace(duty, taken_by=actor, taken_at=now, handed=None), duty.taken_by)


def in_hand(request: Request, duty_id: DutyId, actor: PersonId) -> Duty | TakenBefore | Refusal:
    """Return the duty if it is the actor's to give away: taken by them, or by nobody and one of theirs."""
    duty = open_for(request, duty_id, actor)
    if not isinstance(duty, Duty):
        return duty
    return duty if duty.taken_by in (None, actor) else TakenBefore(duty)


def receivers(request: Request, duty: Duty, requester: Person, directory: Sequence[Person]) -> tuple[PersonId, ...]:
    """Return who could work on it: its owners, and whoever holds its role for the requester today, as far as they are still here.

    What somebody has to do for themselves is nobody else's, and what is about somebody is never theirs.
    """
    here = {person.id for person in directory if person.seats} - {request.subject}
    held = () if duty.owner_role is Role.staff else holders(duty.owner_role, requester, directory)
    return tuple(dict.fromkeys(one for one in (*duty.owners, *held) if one in here))


def hand_over(duty: Duty, actor: PersonId, to: PersonId, word: str, now: datetime) -> Duty:
    """Return the duty in the hands of whom it was given to, who is an owner from now on."""
    owners = duty.owners if to in duty.owners else (*duty.owners, to)
    return replace(duty, owners=owners, taken_by=to, taken_at=now, handed=Word(actor, now, word))
