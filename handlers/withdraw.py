"""The requester takes her request back. Not here: when that is too late."""

from datetime import datetime

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.people import Person
from handlers.ports import Work
from handlers.telling import redraw
from handlers.workflow.moves import Already, Refusal, Settled, Unknown, withdraw


def take_back(work: Work, request_id: RequestId, actor: Person, *, now: datetime) -> Settled | Refusal:
    """Withdraw the request while it is pending, record it, and rewrite every card about it."""
    request = work.requests.get(request_id)
    if request is None:
        return Unknown()
    moved = withdraw(request, actor.id)
    if not isinstance(moved, Settled):
        return moved
    if not work.requests.withdraw(moved.request):
        return Already(work.requests.get(request_id) or request)
    work.record.add(
        Happening(
            request.id, request.district, now, actor.id, "withdrawn", request.status, moved.request.status, fingerprint=request.fingerprint
        )
    )
    redraw(work, moved.request, "withdrawn")
    return moved
