"""What waits for everybody who holds a role, as one list, the oldest first. Not here: whose it is, what is pressed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from handlers.people import Role
from handlers.workflow.request import Duty, DutyStatus, Request, Stage
from handlers.workflow.steps import together


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision or a duty that waits, and since when."""

    request: Request
    what: Stage | Duty
    since: datetime

    @property
    def role(self) -> Role:
        """Whose it is to decide or to do."""
        return self.what.owner_role if isinstance(self.what, Duty) else self.what.role


def waiting(requests: Iterable[Request]) -> tuple[Waiting, ...]:
    """Return every open decision and duty, the oldest first."""
    found = (one for request in requests for one in (*_decisions(request), *_duties(request)))
    return tuple(sorted(found, key=lambda one: (one.since, one.request.id, one.what.id)))


def _decisions(request: Request) -> Iterator[Waiting]:
    for stage in request.open_stages:
        yield Waiting(request, stage, _decided_at(request, stage))


def _duties(request: Request) -> Iterator[Waiting]:
    for duty in request.duties:
        if duty.status is DutyStatus.open:
            yield Waiting(request, duty, duty.reopened.at if duty.reopened else _decided_at(request))


def _decided_at(request: Request, this: Stage | None = None) -> datetime:
    """Return since when it waits: since the decision before, or since it was sent; what is decided beside a stage comes not before it."""
    beside = {stage.id for stage in together(request.stages, this)} if this is not None else set()
    before = (stage.decided_at for stage in request.stages if stage.decided_at is not None and stage.id not in beside)
    return max(before, default=request.opened_at)
