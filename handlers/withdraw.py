"""The requester takes her request back, or gives her permission up. Not here: when that is too late."""

from datetime import datetime

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.ports import Work
from handlers.telling import redraw, tell
from handlers.wording.leaving import Leaves
from handlers.workflow.moves import Settled, withdraw
from handlers.workflow.permission import as_of, stopped
from handlers.workflow.refused import Already, Refusal, Unknown
from handlers.workflow.request import DutyStatus, Request, Status


def take_back(work: Work, request_id: RequestId, actor: Person, *, delivery: str, now: datetime) -> Settled | Refusal:
    """Withdraw the request while it is pending, end it while it is approved; record it, and rewrite every card about it."""
    request = work.requests.get(request_id)
    if request is None:
        return Unknown()
    attempted = attempt("withdraw", request_id, actor)
    if came_before(work, delivery, attempted):
        return Settled(request)
    moved = withdraw(as_of(request, now), actor.id)
    if not isinstance(moved, Settled):
        return moved
    if not _keep(work, moved.request, actor, now):
        return _beaten(work, request, delivery, attempted)
    work.inbox.first(delivery, attempted)
    after = moved.request.status
    work.record.add(
        Happening(request.id, request.district, now, actor.id, after.value, request.status, after, fingerprint=request.fingerprint)
    )
    redraw(work, moved.request, after.value)
    called_off = (owner for duty in moved.request.duties if duty.status is DutyStatus.closed for owner in duty.owners)
    tell(work, moved.request, Leaves.called_off, request.id, (owner for owner in called_off if owner != actor.id))
    return moved


def _keep(work: Work, request: Request, actor: Person, now: datetime) -> bool:
    if request.status is Status.withdrawn:
        return work.requests.withdraw(request)
    return work.requests.stop(stopped(request, actor.id, "", now))


def _beaten(work: Work, request: Request, delivery: str, attempted: str) -> Settled | Refusal:
    """Somebody was first, or the same press at the same moment was."""
    now = work.requests.get(request.id) or request
    return Settled(now) if came_before(work, delivery, attempted) else Already(now)
