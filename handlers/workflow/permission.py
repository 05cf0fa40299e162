"""What an approval is afterwards, a permission: from when to when it holds, who may revoke it, what is renewed. No clock here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo

from handlers.people import Person, PersonId, Role
from handlers.workflow.chain import at, holders
from handlers.workflow.moves import MOVES, Move, Settled
from handlers.workflow.refused import Already, NotYours, OwnRequest, Refusal, Unknown
from handlers.workflow.request import Request, Status
from handlers.workflow.untimely import NotApproved

STARTS, ENDS = "starts", "ends"  # the fields that say so, in whichever process has them


def spanned(request: Request, zone: tzinfo = UTC, last: date | None = None) -> Request:
    """Return an approved request with the moments between which it holds; one without a last day ends after `last`, or holds on.

    It holds from the first moment of its first day to the last second of its last, as days are counted in the zone.
    """
    if request.status is not Status.approved:
        return request
    starts, ends = (_day(request.fields.get(name, "")) for name in (STARTS, ENDS))
    return replace(
        request,
        starts=_moment(starts, time.min, zone),
        ends=_moment(ends or last, time.max.replace(microsecond=0), zone),
    )


def as_of(request: Request, now: datetime) -> Request:
    """Return the request as it stands at this moment: a permission whose last day is over has ended, though nothing has been kept yet."""
    over = request.status is Status.approved and request.ends is not None and request.ends < now
    return replace(request, status=Status.ended) if over else request


def revokers(request: Request, requester: Person, directory: Sequence[Person], fallback: Role) -> tuple[PersonId, ...]:
    """Return who may revoke: whoever decided, and whoever holds a deciding role, or the fallback, for the requester today."""
    decided = (stage.decided_by for stage in request.stages if stage.decided_by is not None)
    roles = (*((stage.role, at(requester, stage.school)) for stage in request.stages), (fallback, requester))
    held = (person for role, asker in roles for person in holders(role, asker, directory))
    return tuple(dict.fromkeys(person for person in (*decided, *held) if person != requester.id))


def may_revoke(request: Request, known: Mapping[PersonId, Person], fallback: Role) -> tuple[PersonId, ...]:
    """Return the same of a district's people, who need not hold the requester any more."""
    requester = known.get(request.requester) or Person(request.requester, request.district, "", "")
    return revokers(request, requester, list(known.values()), fallback)


def revoke(request: Request, actor: PersonId, may: Sequence[PersonId], reason: str, now: datetime) -> Settled | Refusal:
    """End a permission early; `may` are those who can, by today's directory."""
    if actor == request.requester:
        return OwnRequest()
    if actor not in may:
        return NotYours(tuple(may))
    after = MOVES.get((request.status, Move.revoke))
    if after is None:
        return no_permission(request)
    return Settled(stopped(replace(request, status=after), actor, reason, now))


def stopped(request: Request, actor: PersonId, why: str, now: datetime) -> Request:
    """Return the request as it is kept once somebody has ended it early."""
    return replace(request, ends=now, stopped_by=actor, why_stopped=why)


def not_renewed(request: Request, actor: PersonId) -> Refusal | None:
    """Return why this person cannot ask for the same again; None if she can: what was approved, or lapsed. Of a notice there is nothing."""
    if actor != request.requester or not request.stages:
        return Unknown()
    return None if (request.status, Move.renew) in MOVES else no_permission(request)


def no_permission(request: Request) -> Refusal:
    """Return why nothing can be done with a permission that is none yet, or none any more."""
    return NotApproved(request) if request.status is Status.pending else Already(request)


def _moment(day: date | None, at: time, zone: tzinfo) -> datetime | None:
    return datetime.combine(day, at, zone).astimezone(UTC) if day else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:  # a pack may call something else so
        return None
