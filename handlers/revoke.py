"""A permission is revoked: by whoever granted it or may today, with a reason, once. Not here: who that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.naming import named
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.policy.fields import Misfilled, check
from handlers.ports import Packs, Work
from handlers.telling import redraw, tell
from handlers.wording.change_forms import WHY
from handlers.wording.leaving import Leaves
from handlers.workflow.moves import Settled
from handlers.workflow.permission import as_of, may_revoke, revoke
from handlers.workflow.refused import Already, NotYours, OwnRequest, Refusal, Unknown
from handlers.workflow.request import Request


@dataclass(frozen=True, slots=True)
class MayRevoke:
    """The permission can be revoked: the form can open."""

    request: Request


def press(work: Work, packs: Packs, request_id: RequestId, actor: Person, *, delivery: str, now: datetime) -> MayRevoke | Refusal:
    """Say whether the actor may revoke it now; whoever may not leaves a line in the record, once a delivery."""
    request = _readable(work, request_id, actor, now)
    revoked = _revoked(work, packs, request, actor, "", now)
    if request is None or not isinstance(revoked, Settled):
        return _refused(work, request, revoked, actor, delivery, now)
    return MayRevoke(revoked.request)


def submit(
    work: Work, packs: Packs, request_id: RequestId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime
) -> Settled | Misfilled | Refusal:
    """Revoke the permission, record it, tell the requester, and rewrite every card about it, in one transaction."""
    request, attempted = _readable(work, request_id, actor, now), attempt("revoked", request_id, actor)
    if request is not None and came_before(work, delivery, attempted):
        return Settled(request)
    filled = check([WHY], values)
    revoked = _revoked(work, packs, request, actor, filled[WHY.name] if isinstance(filled, dict) else "", now)
    if request is None or not isinstance(revoked, Settled):
        return _refused(work, request, revoked, actor, delivery, now)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    if not work.requests.stop(revoked.request):
        return _beaten(work, request, delivery, attempted)
    work.inbox.first(delivery, attempted)
    _record(work, revoked.request, actor, "revoked", request, revoked.request.why_stopped, now)
    redraw(work, revoked.request, "revoked")
    tell(work, revoked.request, Leaves.revoked, request.id, [request.requester])
    return revoked


def _revoked(work: Work, packs: Packs, request: Request | None, actor: Person, reason: str, now: datetime) -> Settled | Refusal:
    if request is None:
        return Unknown()
    may = may_revoke(request, named(work, request.district, [request]), packs.get(request.district).settings.fallback)
    return revoke(request, actor.id, may, reason, now)


def _refused(work: Work, request: Request | None, revoked: Settled | Refusal, actor: Person, delivery: str, now: datetime) -> Refusal:
    """Keep an attempt by somebody who may not, once: the history owes it to the reader."""
    if request is None or isinstance(revoked, Settled):
        return Unknown()
    if isinstance(revoked, NotYours | OwnRequest) and work.inbox.first(delivery, attempt("revoke", request.id, actor)):
        _record(work, request, actor, "refused", request, "tried to revoke it", now)
    return revoked


def _readable(work: Work, request_id: RequestId, actor: Person, now: datetime) -> Request | None:
    """Return the request as it stands now, None across districts, and of a notice, which permits nothing."""
    request = work.requests.get(request_id)
    return as_of(request, now) if request is not None and request.district == actor.district and request.stages else None


def _beaten(work: Work, request: Request, delivery: str, attempted: str) -> Settled | Refusal:
    """Somebody was first, or the same form at the same moment was."""
    now = work.requests.get(request.id) or request
    return Settled(now) if came_before(work, delivery, attempted) else Already(now)


def _record(work: Work, request: Request, actor: Person, what: str, before: Request, detail: str, now: datetime) -> None:
    line = Happening(request.id, request.district, now, actor.id, what, before.status, request.status, detail, request.fingerprint)
    work.record.add(line)
