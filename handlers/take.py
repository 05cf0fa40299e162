"""A duty is taken, or taken over: recorded, and its cards rewritten wherever they stand. Not here: doing it."""

from datetime import datetime

from handlers.ids import DutyId
from handlers.kept import Happening
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.ports import Work
from handlers.telling import redraw
from handlers.wording.passing import took
from handlers.workflow.refused import Refusal, Unknown
from handlers.workflow.request import Request
from handlers.workflow.taking import Taken, TakenBefore
from handlers.workflow.taking import take as taken


def take(work: Work, duty_id: DutyId, actor: Person, *, over: bool, delivery: str, now: datetime) -> Taken | TakenBefore | Refusal:
    """Put the duty into the actor's hands; taking twice changes nothing the second time."""
    request = work.requests.of_duty(duty_id)
    if request is None or request.district != actor.district:
        return Unknown()
    attempted, duty = attempt("take", duty_id, actor), request.duty(duty_id)
    if duty is not None and came_before(work, delivery, attempted):
        return Taken(duty, actor.id)
    moved = taken(request, duty_id, actor.id, now, over=over)
    if not isinstance(moved, Taken) or moved.before == actor.id:
        return moved
    if not work.requests.take(moved.duty, moved.before):
        return _beaten(work, duty_id, actor, now)
    work.inbox.first(delivery, attempted)
    _record(work, request, moved, actor, now)
    redraw(work, request, f"taken:{duty_id}:{now.isoformat()}")
    return moved


def _beaten(work: Work, duty_id: DutyId, actor: Person, now: datetime) -> Taken | TakenBefore | Refusal:
    """Read again after somebody was first, so that the sentence names them."""
    request = work.requests.of_duty(duty_id)
    return taken(request, duty_id, actor.id, now) if request is not None else Unknown()


def _record(work: Work, request: Request, moved: Taken, actor: Person, now: datetime) -> None:
    before = work.directory.get(moved.before) if moved.before else None
    what, at = ("taken_over", request.status) if moved.before else ("taken", request.status)
    detail = took(moved.duty, before.name if before else "")
    work.record.add(Happening(request.id, request.district, now, actor.id, what, at, at, detail, request.fingerprint, about=moved.duty.id))
