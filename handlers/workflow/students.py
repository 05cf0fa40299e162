"""A student leaves: the permission goes on for the others, and the last one ends it. Not here: how names are read, who is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.people import PersonId
from handlers.workflow.moves import MOVES, Move
from handlers.workflow.permission import no_permission, stopped
from handlers.workflow.refused import NotYours, Refusal, Unknown
from handlers.workflow.request import Request
from handlers.workflow.said import Departure

LAST = "the last student who was named has left"


@dataclass(frozen=True, slots=True)
class TakenOut:
    """The permission without the student; how many are still named."""

    request: Request
    others: int


def not_taken_out(request: Request, actor: PersonId, may_revoke: Sequence[PersonId]) -> Refusal | None:
    """Return why this person cannot take a student out now; None for whoever has the permission, or may revoke it."""
    if not request.stages:
        return Unknown()
    if actor != request.requester and actor not in may_revoke:
        return NotYours((request.requester, *may_revoke))
    return None if (request.status, Move.leave) in MOVES else no_permission(request)


def take_out(request: Request, fields: dict[str, str], departure: Departure, others: int) -> TakenOut:
    """Return the request with these fields; where nobody is named any more it ends."""
    without = replace(request, fields=fields, departures=(*request.departures, departure))
    if others:
        return TakenOut(replace(without, status=MOVES[request.status, Move.leave]), others)
    ended = replace(without, status=MOVES[request.status, Move.withdraw])
    return TakenOut(stopped(ended, departure.by, LAST, departure.at), others)
