"""What changes a request besides its decisions, each change conditional: only the first of two wins. Not here: the decisions."""

from sqlalchemy import Connection, bindparam, func, select, update

from handlers.people import PersonId
from handlers.repositories import Amendments
from handlers.workflow.request import Request, Status
from storage import finding
from storage.request_columns import corrected, without_students
from storage.tables import people, requests, stages

_ALONE = select(people.c.id).where(people.c.id == bindparam("one")).with_for_update(key_share=True)  # others may still refer to the row
_DECIDED = select(func.count()).select_from(stages).where(stages.c.request == bindparam("one"), stages.c.decided_by.is_not(None))
_CHANGE = update(requests).where(requests.c.id == bindparam("one"))


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
