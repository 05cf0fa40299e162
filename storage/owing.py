"""What changes a duty: one statement a change, conditional where only the first of two may win. Not here: who may do it."""

from sqlalchemy import Text, bindparam, func, insert, select, update

from handlers.workflow.request import DutyStatus
from storage.tables import duties, duty_owners

OWE_ALSO = insert(duty_owners).from_select(
    ["duty", "position", "person"],
    select(duty_owners.c.duty, func.max(duty_owners.c.position) + 1, bindparam("person", type_=Text))
    .where(duty_owners.c.duty == bindparam("one"))
    .group_by(duty_owners.c.duty),
)

HOW_MANY_DUTIES = select(func.count()).select_from(duties).where(duties.c.request == bindparam("one"))

FULFIL = update(duties).where(duties.c.id == bindparam("one"), duties.c.status == DutyStatus.open.value).returning(duties.c.id)
CLOSE = update(duties).where(duties.c.request == bindparam("one"), duties.c.status == DutyStatus.open.value)
TAKE = FULFIL.where(duties.c.taken_by.is_(None))
TAKE_OVER = FULFIL.where(duties.c.taken_by == bindparam("before"))
