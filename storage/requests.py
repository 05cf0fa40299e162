"""Requests with their stages and duties, and the conditional updates that let only the first of two win."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, or_, select, update

from handlers.ids import DutyId, QuestionId, RequestId, StageId
from handlers.people import DistrictKey, PersonId
from handlers.ports import Clock
from handlers.repositories import Requests
from handlers.workflow.request import Duty, Request, Stage, StageStatus, Status, Waits
from handlers.workflow.said import Question
from storage import amendments, duty_moves, finding
from storage import request_columns as as_rows
from storage.channels import entries
from storage.request_rows import AnyRow, by_request, may_have, request_of
from storage.tables import questions, requests, stage_added, stage_people, stages
from storage.upsert import first_wins

_ADD = insert(requests)
_ADD_STAGES = insert(stages)
_ADD_DECIDERS = insert(stage_people)
_ASK_ALSO = first_wins(stage_added, "stage", "person")

_CHANGE = update(requests).where(requests.c.id == bindparam("one"))
_CHANGE_PENDING = _CHANGE.where(requests.c.status == Status.pending.value).returning(requests.c.id)
_STOP = _CHANGE.where(requests.c.status == Status.approved.value).returning(requests.c.id)
_decided = select(stages.c.id).where(stages.c.request == requests.c.id).exists()
_RESUME = _CHANGE.where(requests.c.status == Status.ended.value, ~_decided).returning(requests.c.id)
_ASK = insert(questions)
_IS_OPEN = select(stages.c.status).where(stages.c.id == bindparam("one"))
_REPLY = update(questions).where(questions.c.id == bindparam("one"), questions.c.answered_at.is_(None)).returning(questions.c.id)
_STAGE = update(stages).where(stages.c.id == bindparam("one"))
_DECIDE = _STAGE.where(stages.c.status == StageStatus.open.value, amendments.IN_THESE_HANDS).returning(stages.c.id)
_undecided = or_(stages.c.status == StageStatus.open.value, stages.c.status == StageStatus.waiting.value)
_MOVE = _STAGE.where(_undecided)
_STILL = select(stages.c.id).where(stages.c.id == bindparam("one"), _undecided).with_for_update()


class SqlRequests(Requests):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection, self._clock = connection, clock

    def add(self, request: Request) -> None:
        self._connection.execute(_ADD, as_rows.columns(request))
        self._many(_ADD_STAGES, [as_rows.stage_columns(request, stage, at) for at, stage in enumerate(request.stages)])
        self._many(
            _ADD_DECIDERS, [as_rows.line("stage", stage.id, at, one) for stage in request.stages for at, one in enumerate(stage.people)]
        )
        self.oblige(request.id, request.duties)

    def get(self, request: RequestId) -> Request | None:
        return self._one(finding.ONE, request)

    def several(self, requests: Sequence[RequestId]) -> tuple[Request, ...]:
        found = {one.id: one for one in self._found(finding.SEVERAL, {"several": list(requests)})} if requests else {}
        return tuple(found[one] for one in requests if one in found)

    def of_stage(self, stage: StageId) -> Request | None:
        return self._one(finding.OF_STAGE, stage)

    def of_duty(self, duty: DutyId) -> Request | None:
        return self._one(finding.OF_DUTY, duty)

    def settle(self, request: Request, stage: Stage) -> bool:
        """Two statements ask, and not one join: after waiting for the lock PostgreSQL would show a joined stage as it was before."""
        now = self._connection.execute(finding.LOCK, {"one": request.id}).one_or_none()
        if now is None or now.status != Status.pending.value or len(now.corrections or ()) != len(request.corrections):
            return False
        decided = as_rows.decision(stage) | as_rows.as_whom(stage) | as_rows.terms(stage) | {"hands": len(stage.reassigned)}
        if self._connection.execute(_DECIDE, decided).one_or_none() is None:
            return False
        self._keep_by_whom(stage)
        self._move(other for other in request.stages if other.id != stage.id and other.decided_at is None)
        if stage.changes or request.status is not Status.pending:
            self._connection.execute(_CHANGE, {"one": request.id} | as_rows.decided(request, stage))
        return True

    def withdraw(self, request: Request) -> bool:
        if self._connection.execute(_CHANGE_PENDING, {"one": request.id, "status": request.status.value}).one_or_none() is None:
            return False
        self._move(request.stages)
        duty_moves.close(self._connection, request.id)
        return True

    def finish(self, request: RequestId) -> bool:
        return self._connection.execute(_CHANGE_PENDING, {"one": request, "status": Status.ended.value}).one_or_none() is not None

    def resume(self, request: RequestId) -> bool:
        return self._connection.execute(_RESUME, {"one": request, "status": Status.pending.value}).one_or_none() is not None

    def stop(self, request: Request) -> bool:
        return self._connection.execute(_STOP, {"one": request.id} | as_rows.stopping(request)).one_or_none() is not None

    def ask(self, request: RequestId, question: Question) -> bool:
        if waits := self._waits(request, question.stage):
            self._connection.execute(_ASK, as_rows.question_columns(request, question))
        return waits

    def reply(self, request: RequestId, question: Question) -> bool:
        return self._waits(request, question.stage) and self._connection.execute(_REPLY, as_rows.reply(question)).one_or_none() is not None

    def _waits(self, request: RequestId, stage: StageId) -> bool:
        """Say whether the stage is open, and keep it so until this transaction is over."""
        if self._connection.execute(finding.LOCK, {"one": request}).scalar() != Status.pending.value:
            return False
        return self._connection.execute(_IS_OPEN, {"one": stage}).scalar() == StageStatus.open.value

    def ask_also(self, stage: StageId, person: PersonId, by: PersonId | None, reason: str = "") -> bool:
        if self._connection.execute(_STILL, {"one": stage}).one_or_none() is None:
            return False
        return self._asked({"stage": stage, "person": person, "by": by, "reason": reason, "until": None})

    def wait(self, stage: StageId, waits: Waits) -> None:
        self._connection.execute(_STAGE, as_rows.waiting(stage, waits))

    def of_question(self, question: QuestionId) -> Request | None:
        return self._one(finding.OF_QUESTION, question)

    def approved(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]:
        return self._found(finding.APPROVED, {"district": district, "most": limit, "now": self._clock()})

    def oblige(self, request: RequestId, duties: Sequence[Duty]) -> None:
        """Add duties after those that the request has."""
        duty_moves.add(self._connection, request, duties)

    def owe_also(self, duty: DutyId, person: PersonId) -> None:
        duty_moves.owe_also(self._connection, duty, person)

    def hold(self, request: RequestId) -> None:
        self._connection.execute(finding.LOCK, {"one": request})

    def fulfil(self, duty: Duty) -> bool:
        return duty_moves.fulfil(self._connection, duty)

    def all(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]:
        return self._found(finding.NEWEST, {"district": district, "most": limit})

    def districts(self) -> tuple[DistrictKey, ...]:
        return tuple(DistrictKey(row.district) for row in self._connection.execute(finding.DISTRICTS))

    def waiting_for(self, district: DistrictKey) -> tuple[Request, ...]:
        return self._found(finding.PENDING, {"district": district})

    def of_requester(self, person: PersonId) -> tuple[Request, ...]:
        return self._found(finding.LIVE_OF_REQUESTER, {"person": person})

    def lately_of(self, person: PersonId, over: int) -> tuple[Request, ...]:
        return self._found(finding.LATELY_OF_REQUESTER, {"person": person, "most": over, "now": self._clock()})

    def owing(self, district: DistrictKey) -> tuple[Request, ...]:
        return self._found(finding.OWING, {"district": district})

    def owed_by(self, person: PersonId) -> tuple[Request, ...]:
        return self._found(finding.OWED, {"person": person})

    def handed_in(self, district: DistrictKey, limit: int = 500) -> tuple[Request, ...]:
        return self._found(finding.DONE, {"district": district, "most": limit})

    def take(self, duty: Duty, before: PersonId | None) -> bool:
        return duty_moves.take(self._connection, duty, before)

    def reopen(self, duty: Duty, was: Duty) -> bool:
        return duty_moves.reopen(self._connection, duty, was)

    def _keep_by_whom(self, stage: Stage) -> None:
        """A stand-in's days pass: by whom they were asked is kept with what they decided."""
        if (decider := stage.delegation(stage.decided_by)) is not None:
            self._asked(as_rows.delegation_columns(stage.id, decider))

    def _asked(self, row: Mapping[str, str | None]) -> bool:
        return self._connection.execute(_ASK_ALSO[self._connection.dialect.name], row).one_or_none() is not None

    def _found(self, statement: Select[Any], asked: Mapping[str, Any]) -> tuple[Request, ...]:
        return self._whole(self._connection.execute(statement, asked).all())

    def _one(self, statement: Select[Any], one: str) -> Request | None:
        return next(iter(self._found(statement, {"one": one})), None)

    def _whole(self, rows: Sequence[AnyRow]) -> tuple[Request, ...]:
        """Make requests of their rows: one statement more for each kind of part that they may have."""
        wanted = {"requests": [row.id for row in rows]}
        parts = [by_request(self._connection.execute(kind, wanted)) if may_have(rows, said) else {} for kind, said in finding.PARTS]
        opened = entries(self._connection, wanted["requests"] if may_have(rows, "has_channel") else ())
        found = [request_of(row, *(part.get(row.id, {}) for part in parts)) for row in rows]
        return tuple(replace(one, channel=opened[one.id]) if one.id in opened else one for one in found)

    def _move(self, moved: Iterable[Stage]) -> None:
        self._many(_MOVE, [as_rows.decision(stage) for stage in moved])

    def _many(self, statement: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401  # insert or update
        if rows:
            self._connection.execute(statement, rows)
