"""A permission's last day is over: it ends by itself, on the record. Not here: ending it early (revoke, withdraw)."""

from dataclasses import replace
from datetime import datetime

from handlers.kept import Happening, Leaving
from handlers.people import HALLPASS
from handlers.ports import Packs, Work
from handlers.telling import redraw
from handlers.workflow.permission import as_of
from handlers.workflow.request import Status


def end(work: Work, _: Packs, leaving: Leaving, now: datetime) -> None:
    """Keep that the permission is over, unless it was stopped before or ends on another day by now."""
    request = work.requests.get(leaving.request)
    if request is None or request.status is not Status.approved or as_of(request, now).status is not Status.ended:
        return
    if work.requests.stop(replace(request, status=Status.ended)):
        line = Happening(
            request.id, request.district, now, HALLPASS, "expired", request.status, Status.ended, fingerprint=request.fingerprint
        )
        work.record.add(line)
        redraw(work, request, "expired")
