"""A request is taken back, or nobody decided it in time. Not here: deciding it, revoking what was approved, who is told."""

from dataclasses import replace

from handlers.people import PersonId
from handlers.workflow.moves import MOVES, Already, Move, Refusal, Settled, Unknown
from handlers.workflow.request import Request
from handlers.workflow.steps import closed, dropped
from handlers.workflow.untimely import HandedOver


def withdraw(request: Request, actor: PersonId) -> Settled | Refusal:
    """Take a pending request back, or give an approved one up; only the requester may."""
    if request.requester != actor:
        return Unknown()
    after = MOVES.get((request.status, Move.withdraw))
    if after is None:
        return Already(request)
    if request.with_others and request.addressee is None:
        return HandedOver()
    return Settled(replace(dropped(request), status=after, stages=closed(request.stages)))


def lapse(request: Request) -> Settled | Already:
    """End a pending request that nobody decided in the district's time."""
    after = MOVES.get((request.status, Move.lapse))
    return Already(request) if after is None else Settled(replace(request, status=after, stages=closed(request.stages)))
