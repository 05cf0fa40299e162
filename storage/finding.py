"""Which requests are meant: one statement a question, newest first. Not here: what becomes of the rows, any change."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select

from handlers.workflow.request import DutyStatus, Status
from storage.register_tables import channels
from storage.seal_tables import request_keys
from storage.tables import duties, duty_owners, questions, requests, stage_added, stage_people, stages


def _has(part: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Say whether the request has any such part. Where it has none, a statement less is asked; in a list it is asked once for all."""
    return exists().where(part == requests.c.id).correlate(requests).label(f"has_{name}")


# A request alone comes with the key to its words.
_alone = select(
    requests,
    request_keys,
    exists().where(stages.c.request == requests.c.id, stage_added.c.stage == stages.c.id).correlate(requests).label("has_added"),
    _has(duties.c.request, "duties"),
    _has(questions.c.request, "questions"),
    _has(channels.c.request, "channel"),
).outerjoin(request_keys, request_keys.c.about == requests.c.id)
ONE = _alone.where(requests.c.id == bindparam("one"))
OF_STAGE = _alone.join(stages, stages.c.request == requests.c.id).where(stages.c.id == bindparam("one"))
OF_DUTY = _alone.join(duties, duties.c.request == requests.c.id).where(duties.c.id == bindparam("one"))
OF_QUESTION = _alone.where(
    requests.c.id.in_(select(questions.c.request).where(questions.c.id == bindparam("one")))  # a join would go by way of the stage, too
)
LOCK = select(requests.c.status, requests.c.corrections, requests.c.departures).where(requests.c.id == bindparam("one")).with_for_update()

SEVERAL = select(requests).where(requests.c.id.in_(bindparam("several", expanding=True)))

_all = select(requests).order_by(requests.c.number.desc())
_of_district = _all.where(requests.c.district == bindparam("district"))
NEWEST = _of_district.limit(bindparam("most"))
PENDING = _of_district.where(requests.c.status == Status.pending.value)
_holds = or_(requests.c.ends.is_(None), requests.c.ends >= bindparam("now"))
APPROVED = _of_district.where(requests.c.status == Status.approved.value, _holds).limit(bindparam("most"))
_LIVE = (Status.pending.value, Status.approved.value)
DISTRICTS = select(requests.c.district).where(requests.c.status.in_(_LIVE)).distinct().order_by(requests.c.district)
LIVE_OF_REQUESTER = _all.where(requests.c.requester == bindparam("person"), requests.c.status.in_(_LIVE))
_stands = or_(requests.c.status == Status.pending.value, and_(requests.c.status == Status.approved.value, _holds))
_hers = select(requests.c.id).where(requests.c.requester == bindparam("person"))
_newest_over = _hers.where(~_stands).order_by(requests.c.number.desc()).limit(bindparam("most")).scalar_subquery()
LATELY_OF_REQUESTER = _all.where(or_(requests.c.id.in_(_hers.where(_stands)), requests.c.id.in_(_newest_over)))

_is_open = duties.c.status == DutyStatus.open.value
_owing = select(duties.c.request).join(duty_owners).where(duty_owners.c.person == bindparam("person"), _is_open)
OWING = _of_district.where(requests.c.id.in_(select(duties.c.request).where(_is_open)))
OWED = _all.where(requests.c.id.in_(_owing))
DONE = (
    select(requests)
    .join(duties)
    .where(requests.c.district == bindparam("district"), duties.c.done_at.is_not(None))
    .group_by(requests.c.number)
    .order_by(func.max(duties.c.done_at).desc(), requests.c.number.desc())
    .limit(bindparam("most"))
)

# What a request consists of besides its row, one row a person.
STAGES = (
    select(stages, stage_people.c.person)
    .outerjoin(stage_people)
    .where(stages.c.request.in_(bindparam("requests", expanding=True)))
    .order_by(stages.c.request, stages.c.position, stage_people.c.position)
)
ADDED = (
    select(
        stages.c.request,
        stage_added.c.stage.label("id"),
        *(stage_added.c[name] for name in ("person", "by", "reason", "until")),
    )
    .join(stages)
    .where(stages.c.request.in_(bindparam("requests", expanding=True)))
    .order_by(stage_added.c.stage, stage_added.c.person)
)
DUTIES = (
    select(duties, duty_owners.c.person)
    .outerjoin(duty_owners)
    .where(duties.c.request.in_(bindparam("requests", expanding=True)))
    .order_by(duties.c.request, duties.c.position, duty_owners.c.position)
)
QUESTIONS = (
    select(questions)
    .where(questions.c.request.in_(bindparam("requests", expanding=True)))
    .order_by(questions.c.request, questions.c.asked_at, questions.c.id)
)
# Of a request, each its own statement, for a join would multiply their rows; and which column says that there are none.
PARTS = ((STAGES, ""), (ADDED, "has_added"), (DUTIES, "has_duties"), (QUESTIONS, "has_questions"))
