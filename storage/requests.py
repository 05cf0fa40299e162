"""Requests with their stages and duties, and the conditional updates that let only the first of two win."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, or_, select, update

from handlers.ids import AnswerId, DutyId, RequestId, StageId
from handlers.people import DistrictKey, PersonId, Role
from handlers.ports import Requests
from handlers.workflow.request import Duty, DutyStatus, Request, Stage, StageStatus, Status
from storage import finding
from storage.tables import duties, duty_owners, requests, stage_people, stages

AnyRow = Row[Any]

_ADD = insert(requests)
_ADD_STAGES = insert(stages)
_ADD_DECIDERS = insert(stage_people)
_ADD_DUTIES = insert(duties)
_ADD_OWNERS = insert(duty_owners)

_HOW_MANY_DUTIES = select(func.count()).select_from(duties).where(duties.c.request == bindparam("one"))

_LOCK = select(requests.c.status).where(requests.c.id == bindparam("one")).with_for_update()
_CHANGE = update(requests).where(requests.c.id == bindparam("one"))
_CHANGE_PENDING = _CHANGE.where(requests.c.status == Status.pending.value).returning(requests.c.id)
_STAGE = update(stages).where(stages.c.id == bindparam("one"))
_DECIDE = _STAGE.where(stages.c.status == StageStatus.open.value).returning(stages.c.id)
_undecided = or_(stages.c.status == StageStatus.open.value, stages.c.status == StageStatus.waiting.value)
_MOVE = _STAGE.where(_undecided)
_FULFIL = update(duties).where(duties.c.id == bindparam("one"), duties.c.status == DutyStatus.open.value).returning(duties.c.id)


class SqlRequests(Requests):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: Request) -> None:
        self._connection.execute(_ADD, _columns(request))
        self._many(_ADD_STAGES, [_stage_columns(request, stage, at) for at, stage in enumerate(request.stages)])
        self._many(_ADD_DECIDERS, [_line("stage", stage.id, at, one) for stage in request.stages for at, one in enumerate(stage.people)])
        self.oblige(request.id, request.duties)

    def get(self, request: RequestId) -> Request | None:
        return self._one(finding.ONE, request)

    def of_stage(self, stage: StageId) -> Request | None:
        return self._one(finding.OF_STAGE, stage)

    def of_duty(self, duty: DutyId) -> Request | None:
        return self._one(finding.OF_DUTY, duty)

    def settle(self, request: Request, stage: Stage) -> bool:
        """Two statements ask, and not one join: after waiting for the lock PostgreSQL would show a joined stage as it was before."""
        if self._connection.execute(_LOCK, {"one": request.id}).scalar() != Status.pending.value:
            return False
        if self._connection.execute(_DECIDE, _decision(stage) | _as_whom(stage)).one_or_none() is None:
            return False
        self._move(other for other in request.stages if other.id != stage.id)
        self._connection.execute(_CHANGE, {"one": request.id, "status": request.status.value})
        return True

    def withdraw(self, request: Request) -> bool:
        changed = self._connection.execute(_CHANGE_PENDING, {"one": request.id, "status": request.status.value})
        if changed.one_or_none() is None:
            return False
        self._move(request.stages)
        return True

    def oblige(self, request: RequestId, duties: Sequence[Duty]) -> None:
        """Add duties after those that the request has."""
        before = self._connection.execute(_HOW_MANY_DUTIES, {"one": request}).scalar_one() if duties else 0
        self._many(_ADD_DUTIES, [_duty_columns(request, duty, at) for at, duty in enumerate(duties, before)])
        self._many(_ADD_OWNERS, [_line("duty", duty.id, at, one) for duty in duties for at, one in enumerate(duty.owners)])

    def fulfil(self, duty: Duty) -> bool:
        done = {"status": duty.status.value, "evidence": duty.evidence, "done_by": duty.done_by, "done_at": duty.done_at}
        return self._connection.execute(_FULFIL, {"one": duty.id, **done}).one_or_none() is not None

    def all(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]:
        return self._found(finding.NEWEST, {"district": district, "most": limit})

    def waiting_for(self, district: DistrictKey) -> tuple[Request, ...]:
        return self._found(finding.PENDING, {"district": district})

    def of_requester(self, person: PersonId) -> tuple[Request, ...]:
        return self._found(finding.OF_REQUESTER, {"person": person})

    def owed_by(self, person: PersonId) -> tuple[Request, ...]:
        return self._found(finding.OWED, {"person": person})

    def handed_in(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]:
        return self._found(finding.DONE, {"district": district, "most": limit})

    def _found(self, statement: Select[Any], asked: Mapping[str, Any]) -> tuple[Request, ...]:
        return self._whole(self._connection.execute(statement, asked).all())

    def _one(self, statement: Select[Any], one: str) -> Request | None:
        return next(iter(self._found(statement, {"one": one})), None)

    def _whole(self, rows: Sequence[AnyRow]) -> tuple[Request, ...]:
        """Make requests of their rows: one more statement for all their stages, one for all their duties."""
        wanted = {"requests": [row.id for row in rows]}
        decided = _by_request(self._connection.execute(finding.STAGES, wanted)) if rows else {}
        owed = _by_request(self._connection.execute(finding.DUTIES, wanted)) if rows else {}
        return tuple(_request(row, decided.get(row.id, {}), owed.get(row.id, {})) for row in rows)

    def _move(self, moved: Iterable[Stage]) -> None:
        self._many(_MOVE, [_decision(stage) for stage in moved])

    def _many(self, statement: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401  # insert or update
        if rows:
            self._connection.execute(statement, rows)


Parts = Mapping[str, list[AnyRow]]  # a stage's or duty's id -> its rows, one a person


def _by_request(rows: Iterable[AnyRow]) -> Mapping[str, Parts]:
    found: dict[str, dict[str, list[AnyRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.request][row.id].append(row)
    return found


def _request(row: AnyRow, decided: Parts, owed: Parts) -> Request:
    return Request(
        id=RequestId(row.id),
        district=DistrictKey(row.district),
        process=row.process,
        rule=row.rule,
        answer=AnswerId(row.answer),
        requester=PersonId(row.requester),
        fields=row.fields,
        fingerprint=row.fingerprint,
        status=Status(row.status),
        opened_at=row.opened_at,
        stages=tuple(_stage(rows) for rows in decided.values()),
        duties=tuple(_duty(rows) for rows in owed.values()),
        starts=row.starts,
        ends=row.ends,
    )


def _stage(rows: list[AnyRow]) -> Stage:
    row, status = rows[0], StageStatus(rows[0].status)
    return Stage(StageId(row.id), Role(row.role), _people(rows), status, row.decided_by, row.decided_at, row.reason, _role(row))


def _role(row: AnyRow) -> Role | None:
    return Role(row.stands_in) if row.stands_in else None


def _duty(rows: list[AnyRow]) -> Duty:
    row, role, status = rows[0], Role(rows[0].owner_role), DutyStatus(rows[0].status)
    return Duty(DutyId(row.id), row.key, row.what, role, _people(rows), status, row.due, row.evidence, row.done_by, row.done_at)


def _people(rows: list[AnyRow]) -> tuple[PersonId, ...]:
    return tuple(PersonId(row.person) for row in rows if row.person is not None)


def _columns(request: Request) -> dict[str, Any]:
    same = ("id", "district", "process", "rule", "answer", "requester", "fingerprint", "opened_at", "starts", "ends")
    return {name: getattr(request, name) for name in same} | {"fields": dict(request.fields), "status": request.status.value}


def _stage_columns(request: Request, stage: Stage, at: int) -> dict[str, Any]:
    return {"id": stage.id, "request": request.id, "position": at, "role": stage.role.value, **_moved(stage), **_as_whom(stage)}


def _decision(stage: Stage) -> dict[str, Any]:
    return {"one": stage.id, **_moved(stage)}


def _moved(stage: Stage) -> dict[str, Any]:
    return {"status": stage.status.value, "decided_by": stage.decided_by, "decided_at": stage.decided_at, "reason": stage.reason}


def _as_whom(stage: Stage) -> dict[str, str | None]:
    return {"stands_in": stage.stands_in.value if stage.stands_in else None}


def _duty_columns(request: RequestId, duty: Duty, at: int) -> dict[str, Any]:
    same = ("id", "key", "what", "due", "evidence", "done_by", "done_at")
    enums = {"owner_role": duty.owner_role.value, "status": duty.status.value}
    return {name: getattr(duty, name) for name in same} | enums | {"request": request, "position": at}


def _line(of: str, whole: str, at: int, person: PersonId) -> dict[str, Any]:
    return {of: whole, "position": at, "person": person}
