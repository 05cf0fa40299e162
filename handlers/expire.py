"""A permission's last day comes: its holder is warned, then it ends by itself. Not here: ending it early (revoke, withdraw)."""

from dataclasses import replace
from datetime import datetime

from handlers import hours
from handlers.days import day_of
from handlers.kept import Happening, Leaving
from handlers.people import HALLPASS
from handlers.ports import Packs, Work
from handlers.telling import redraw
from handlers.wording import reminders
from handlers.wording.leaving import Leaves
from handlers.workflow.permission import as_of
from handlers.workflow.request import Request, Status


def warn(work: Work, packs: Packs, leaving: Leaving, now: datetime) -> None:
    """Tell whoever holds the permission that it ends soon, unless it is over or renewed already."""
    request = work.requests.get(leaving.request)
    if request is None or request.ends is None or as_of(request, now).status is not Status.approved or hours.renewed(work, request):
        return
    pack = packs.get(leaving.district)
    zone = pack.settings.zone
    hours.remind(work, pack, request, Leaves.ending, f"{request.id}:{day_of(now, zone)}", [request.requester], now)
    _record(work, request, "warned", reminders.warned(request.ends, zone), Status.approved, now)


def end(work: Work, _: Packs, leaving: Leaving, now: datetime) -> None:
    """Keep that the permission is over, unless it was stopped before or ends on another day by now."""
    request = work.requests.get(leaving.request)
    if request is None or request.status is not Status.approved or as_of(request, now).status is not Status.ended:
        return
    if work.requests.stop(replace(request, status=Status.ended)):
        _record(work, request, "expired", "", Status.ended, now)
        redraw(work, request, "expired")


def _record(work: Work, request: Request, what: str, detail: str, after: Status, now: datetime) -> None:
    line = Happening(request.id, request.district, now, HALLPASS, what, request.status, after, detail, request.fingerprint)
    work.record.add(line)
