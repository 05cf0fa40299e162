"""What changes a request besides its decisions, each change conditional: only the first of two wins. Not here: the decisions."""

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from handlers.people import PersonId
from handlers.repositories import Amendments
from handlers.workflow.request import Request, Stage, StageStatus, Status
from storage import finding
from storage.people_tables import people
from storage.request_columns import corrected, reassigned, without_students
from storage.tables import requests, stage_added, stages

_ALONE = select(people.c.id).where(people.c.id == bindparam("one")).with_for_update(key_share=True)  # others may still refer to the row
_DECIDED = select(func.count()).select_from(stages).where(stages.c.request == bindparam("one"), stages.c.decided_by.is_not(None))
_CHANGE = update(requests).where(requests.c.id == bindparam("one"))

# As often reassigned as whoever acts has read: for a decision, too, which else would be made by somebody whose it is no longer.
IN_THESE_HANDS = func.coalesce(func.json_array_length(stages.c.reassigned), 0) == bindparam("hands")
_undecided = or_(stages.c.status == StageStatus.open.value, stages.c.status == StageStatus.waiting.value)
_REASSIGN = update(stages).where(stages.c.id == bindparam("one"), _undecided, IN_THESE_HANDS).returning(stages.c.id)
_ASKED_NO_MORE = delete(stage_added).where(stage_added.c.stage == bindparam("one"))


class SqlAmendments(Amendments):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self, requester: PersonId) -> None:
        self._connection.execute(_ALONE, {"one": requester})

    def correct(self, request: Request) -> bool:
        """Two statements ask: after waiting for the lock a joined stage would be shown as it was before."""
        one = {"one": request.id}
        now = self._connection.execute(finding.LOCK, one).one_or_none()
        if now is None or now.status != Status.pending.value or len(now.corrections or ()) != len(request.corrections) - 1:
            return False
        if self._connection.execute(_DECIDED, one).scalar_one():
            return False
        self._connection.execute(_CHANGE, one | corrected(request))
        return True

    def take_out(self, request: Request) -> bool:
        one = {"one": request.id}
        now = self._connection.execute(finding.LOCK, one).one_or_none()
        if now is None or now.status != Status.approved.value or len(now.departures or ()) != len(request.departures) - 1:
            return False
        self._connection.execute(_CHANGE, one | without_students(request))
        return True

    def reassign(self, request: Request, stage: Stage) -> bool:
        """Whom those asked who had it before has it no longer either: that they were asked stands in the record."""
        if self._connection.execute(finding.LOCK, {"one": request.id}).scalar() != Status.pending.value:
            return False
        went = {"one": stage.id, "hands": len(stage.reassigned) - 1, "reassigned": reassigned(stage)}
        if self._connection.execute(_REASSIGN, went).one_or_none() is None:
            return False
        self._connection.execute(_ASKED_NO_MORE, {"one": stage.id})
        return True
