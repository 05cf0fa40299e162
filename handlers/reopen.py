"""A duty that was said to be done is opened again: recorded with the reason, its owners told anew. Not here: who may."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ids import DutyId
from handlers.kept import Happening
from handlers.once import attempt, came_before
from handlers.people import Person, PersonId
from handlers.policy.fields import Misfilled, check
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import learning
from handlers.registering import opened_again
from handlers.telling import redraw, tell
from handlers.wording.duties import obligation
from handlers.wording.earlier import process
from handlers.wording.leaving import Leaves
from handlers.wording.reopening import WHY, not_done
from handlers.workflow import reopening
from handlers.workflow.refused import Refusal, Unknown
from handlers.workflow.reopening import Reopened, StillOpen
from handlers.workflow.request import Duty, Request


@dataclass(frozen=True, slots=True)
class MayReopen:
    """The duty can be opened again: the form can open."""

    duty: Duty


Outcome = MayReopen | Reopened | StillOpen | Misfilled | Refusal


def press(work: Work, packs: Packs, duty_id: DutyId, actor: Person, now: datetime) -> Outcome:
    """Say whether the actor may open the duty again."""
    request = _readable(work, duty_id, actor)
    moved = _moved(work, packs, request, duty_id, actor, "", now)
    return MayReopen(moved.was) if isinstance(moved, Reopened) else moved


def submit(work: Work, packs: Packs, duty_id: DutyId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime) -> Outcome:
    """Open the duty again, once a delivery."""
    request, attempted = _readable(work, duty_id, actor), attempt("done_reopen", duty_id, actor)
    duty = request.duty(duty_id) if request is not None else None
    if request is not None and duty is not None and came_before(work, delivery, attempted):
        return Reopened(duty, duty, request.status)
    filled = check([WHY], values)
    moved = _moved(work, packs, request, duty_id, actor, filled[WHY.name] if isinstance(filled, dict) else "", now)
    if request is None or not isinstance(moved, Reopened):
        return moved
    if isinstance(filled, tuple):
        return Misfilled(filled)
    if not work.requests.reopen(moved.duty, moved.was):
        return _beaten(work, moved, came_before=came_before(work, delivery, attempted))
    work.inbox.first(delivery, attempted)
    _keep(work, packs.get(request.district), request, moved, actor, filled[WHY.name], now)
    return moved


def _readable(work: Work, duty_id: DutyId, actor: Person) -> Request | None:
    request = work.requests.of_duty(duty_id)
    if request is not None and not request.stages:  # which opens it again, and which ends it: one after the other
        work.requests.hold(request.id)
        request = work.requests.of_duty(duty_id)
    return request if request is not None and request.district == actor.district else None


def _moved(
    work: Work, packs: Packs, request: Request | None, duty_id: DutyId, actor: Person, why: str, now: datetime
) -> Reopened | StillOpen | Refusal:
    if request is None:
        return Unknown()
    waits = request.addressee is not None or process(request, packs.get(request.district)).waits
    return reopening.reopen(request, duty_id, actor.id, _told(work, packs, request, duty_id), why, now, waits=waits)


def _told(work: Work, packs: Packs, request: Request, duty_id: DutyId) -> tuple[PersonId, ...]:
    """Return who is told that it is done, by today's directory."""
    requester, duty = work.directory.get(request.requester), request.duty(duty_id)
    if requester is None or duty is None:
        return ()
    owed = obligation(request, duty, packs.get(request.district))
    return learning(owed, duty, request, requester, work.directory.people(request.district))


def _beaten(work: Work, moved: Reopened, *, came_before: bool) -> Reopened | StillOpen | Refusal:
    """Somebody was first, or the same form at the same moment was."""
    again = work.requests.of_duty(moved.duty.id)
    now = again.duty(moved.duty.id) if again is not None else None
    if again is None or now is None:
        return Unknown()
    return Reopened(now, moved.was, again.status) if came_before else StillOpen(now)


def _keep(work: Work, pack: Pack, request: Request, moved: Reopened, actor: Person, why: str, now: datetime) -> None:
    duty, at, after = moved.duty, request.status, moved.status
    if after is not at:
        work.requests.resume(request.id)
        request = replace(request, status=after)
    detail = not_done(duty, why)
    line = Happening(request.id, request.district, now, actor.id, "reopened", at, after, detail, request.fingerprint, about=duty.id)
    work.record.add(line)
    opened_again(work, request, duty, pack, why, now)
    redraw(work, request, f"reopened:{duty.id}:{duty.round}")
    tell(work, request, Leaves.duty, duty.id, duty.owners, anew=duty.round)
