"""What happens to a duty, each a conditional update so that only the first of two wins. Not here: reading it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Text, bindparam, func, insert, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from handlers.ids import DutyId, RequestId
from handlers.people import PersonId
from handlers.workflow.request import Duty, DutyStatus
from storage.columns import Instant
from storage.request_columns import doing, duty_columns, line, word_columns
from storage.tables import duties, duty_owners

_DUTY = update(duties).where(duties.c.id == bindparam("one")).returning(duties.c.id)
_FULFIL = _DUTY.where(duties.c.status == DutyStatus.open.value)
_TAKE = _FULFIL.where(duties.c.taken_by.is_(None))
_TAKE_OVER = _FULFIL.where(duties.c.taken_by == bindparam("before"))
_CLOSE = update(duties).where(duties.c.request == bindparam("one"), duties.c.status == DutyStatus.open.value)
_REOPEN = _DUTY.where(duties.c.status == DutyStatus.done.value, duties.c.done_at == bindparam("was", type_=Instant))

_before = duties.alias("before")
_behind = select(func.count()).select_from(_before).where(_before.c.request == bindparam("of")).scalar_subquery()
_ADD = insert(duties).values(position=_behind)  # counted as each is added
_ADD_OWNERS = insert(duty_owners)
_OWE_ALSO = insert(duty_owners).from_select(
    ["duty", "position", "person"],
    select(duty_owners.c.duty, func.max(duty_owners.c.position) + 1, bindparam("person", type_=Text))
    .where(duty_owners.c.duty == bindparam("one"))
    .group_by(duty_owners.c.duty),
)


def add(connection: Connection, request: RequestId, new: Sequence[Duty]) -> None:
    """Add duties after those that the request has, whatever became of them."""
    owners = [line("duty", duty.id, at, one) for duty in new for at, one in enumerate(duty.owners)]
    for statement, rows in ((_ADD, [duty_columns(request, duty) for duty in new]), (_ADD_OWNERS, owners)):
        if rows:
            connection.execute(statement, rows)


def close(connection: Connection, request: RequestId) -> None:
    """Keep that what is still open of the request is asked for no more."""
    connection.execute(_CLOSE, {"one": request, "status": DutyStatus.closed.value})


def owe_also(connection: Connection, duty: DutyId, person: PersonId) -> None:
    """Add an owner, who must not be one before."""
    connection.execute(_OWE_ALSO, {"one": duty, "person": person})


def fulfil(connection: Connection, duty: Duty) -> bool:
    """Keep that it is done, while it is open."""
    return _moved(connection, _FULFIL, duty, doing(duty))


def take(connection: Connection, duty: Duty, before: PersonId | None) -> bool:
    """Keep whose hands it is in, while it is open and in those of `before`."""
    statement, given = (_TAKE, {}) if before is None else (_TAKE_OVER, {"before": before})
    taken = {"taken_by": duty.taken_by, "taken_at": duty.taken_at} | word_columns("handed", duty.handed)
    return _moved(connection, statement, duty, taken | given)


def reopen(connection: Connection, duty: Duty, was: Duty) -> bool:
    """Keep that it is open again, while it is done as it `was`."""
    return _moved(connection, _REOPEN, duty, doing(duty) | word_columns("reopened", duty.reopened) | {"was": was.done_at})


def _moved(connection: Connection, statement: ReturningUpdate[Any], duty: Duty, changed: dict[str, Any]) -> bool:
    return connection.execute(statement, {"one": duty.id} | changed).one_or_none() is not None
