"""The requester takes her request back. Not here: when that is too late."""

from dataclasses import replace
from datetime import datetime

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.ports import Work
from handlers.telling import redraw
from handlers.workflow.moves import Already, Refusal, Settled, Unknown, withdraw
from handlers.workflow.request import Request, Status


def take_back(work: Work, request_id: RequestId, actor: Person, *, delivery: str, now: datetime) -> Settled | Refusal:
    """Withdraw the request while it is pending, record it, and rewrite every card about it."""
    request = work.requests.get(request_id)
    if request is None:
        return Unknown()
    attempted = attempt("withdraw", request_id, actor)
    if came_before(work, delivery, attempted):
        return Settled(replace(request, status=Status.withdrawn))
    moved = withdraw(request, actor.id)
    if not isinstance(moved, Settled):
        return moved
    if not work.requests.withdraw(moved.request):
        return _beaten(work, request, delivery, attempted)
    work.inbox.first(delivery, attempted)
    work.record.add(
        Happening(
            request.id, request.district, now, actor.id, "withdrawn", request.status, moved.request.status, fingerprint=request.fingerprint
        )
    )
    redraw(work, moved.request, "withdrawn")
    return moved


def _beaten(work: Work, request: Request, delivery: str, attempted: str) -> Settled | Refusal:
    """Somebody was first, or the same press at the same moment was."""
    now = work.requests.get(request.id) or request
    return Settled(now) if came_before(work, delivery, attempted) else Already(now)
