"""What people typed about a request, names included, is made unreadable for good. Not here: how (the port Seals), who may ask for it."""

from dataclasses import dataclass
from datetime import datetime

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.people import ADMINISTRATOR
from handlers.ports import Work
from handlers.telling import redraw
from handlers.workflow.permission import as_of
from handlers.workflow.request import Duty, DutyStatus, Request, Status


@dataclass(frozen=True, slots=True)
class Erased:
    """It is unreadable from now on; that it was erased, and why, stands in the record."""

    request: Request


@dataclass(frozen=True, slots=True)
class NoRequest:
    """There is none of that id."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class ErasedBefore:
    """Nothing is left to erase."""

    at: datetime


@dataclass(frozen=True, slots=True)
class StillNeeded:
    """Somebody decides by these words, acts on them, or still has to do something about them (`duty`)."""

    request: Request
    duty: Duty | None = None


Kept = NoRequest | ErasedBefore | StillNeeded


def erase(work: Work, request_id: RequestId, reason: str, now: datetime) -> Erased | Kept:
    """Destroy the request's key and say so in the record, whose chain stays whole; its cards are drawn anew without the words."""
    work.requests.hold(request_id)
    request = work.requests.get(request_id)
    kept = NoRequest(request_id) if request is None else _why_not(work, as_of(request, now))
    if request is None or kept is not None:
        return kept or NoRequest(request_id)
    work.seals.erase(request.id, now)
    at = request.status
    work.record.add(Happening(request.id, request.district, now, ADMINISTRATOR, "erased", at, at, reason, request.fingerprint))
    redraw(work, request, "erased")
    return Erased(request)


def _why_not(work: Work, request: Request) -> Kept | None:
    before = work.seals.erased(request.id)
    if before is not None:
        return ErasedBefore(before)
    if request.status in {Status.pending, Status.approved}:
        return StillNeeded(request)
    duty = next((duty for duty in request.duties if duty.status is DutyStatus.open), None)
    return StillNeeded(request, duty) if duty is not None else None
