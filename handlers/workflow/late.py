"""What is overdue: a duty past its day, a decision past the day on which the district reminds. Not here: whose it is, counting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.workflow.queue import Waiting, waiting
from handlers.workflow.request import Duty, Request, Status


class Owed(StrEnum):
    """What is owed."""

    decision = "decision"
    duty = "duty"


@dataclass(frozen=True, slots=True)
class Late:
    """Something that should have been done by that moment."""

    request: Request
    owed: Owed
    due: datetime


@dataclass(frozen=True, slots=True, order=True)
class Overdue:
    """So many of one kind of process at one school, all of them so many days over."""

    school: str  # empty: of nobody who is at a school today
    kind: str
    owed: Owed
    days: int
    number: int


def late(requests: Iterable[Request], now: datetime) -> Iterator[Late]:
    """Yield what is overdue at this moment."""
    for one in waiting(requests):
        due = _due(one)
        if due is not None and due < now and still_asked(one.request):
            yield Late(one.request, Owed.duty if isinstance(one.what, Duty) else Owed.decision, due)


def still_asked(request: Request) -> bool:
    """Say whether what a request brought with it is still asked for: not once it was revoked."""
    return request.status in {Status.pending, Status.approved, Status.ended}


def _due(one: Waiting) -> datetime | None:
    if isinstance(one.what, Duty):
        return one.what.due
    return one.what.waits.remind if one.what.waits is not None else None
