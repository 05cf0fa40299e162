"""A request's rows and the request, one made of the other. Not here: any statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from handlers.ids import AnswerId, QuestionId, RequestId, StageId
from handlers.people import DistrictKey, PersonId, Role
from handlers.workflow.parts import Change, Correction, Delegation, Waits
from handlers.workflow.request import Question, Request, Stage, StageStatus, Status
from storage.duty_rows import duty_of, people_of

AnyRow = Row[Any]
Parts = Mapping[str, list[AnyRow]]  # a stage's or duty's id -> its rows, one a person


def by_request(rows: Iterable[AnyRow]) -> Mapping[str, Parts]:
    """Put the rows of parts together: by request, then by part."""
    found: dict[str, dict[str, list[AnyRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.request][row.id].append(row)
    return found


def request_of(row: AnyRow, decided: Parts, added: Parts, owed: Parts, asked: Parts) -> Request:
    """Return the request of its row and its parts' rows."""
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
        stages=tuple(_stage(rows, added.get(stage, [])) for stage, rows in decided.items()),
        duties=tuple(duty_of(rows) for rows in owed.values()),
        starts=row.starts,
        ends=row.ends,
        questions=tuple(_question(one) for rows in asked.values() for one in rows),
        renews=RequestId(row.renews) if row.renews else None,
        stopped_by=PersonId(row.stopped_by) if row.stopped_by else None,
        why_stopped=row.why_stopped or "",
        addressee=PersonId(row.addressee) if row.addressee else None,
        subject=PersonId(row.subject) if row.subject else None,
        corrections=tuple(_correction(*one) for one in row.corrections or ()),
    )


def _stage(rows: list[AnyRow], added: list[AnyRow]) -> Stage:
    row, status, people, more = rows[0], StageStatus(rows[0].status), people_of(rows), people_of(added)
    by = tuple(_delegation(one) for one in added if one.by is not None)
    changes = tuple(Change(*one) for one in row.changes or ())
    done = (row.decided_by, row.decided_at, row.reason, _role(row))
    return Stage(StageId(row.id), Role(row.role), people, status, *done, more, by, changes, _waits(row), row.turn, row.school or "")


def _waits(row: AnyRow) -> Waits | None:
    waits = Waits(row.remind_at, row.escalate_at, row.lapse_at)
    return waits if waits != Waits() else None


def waiting(stage: StageId, waits: Waits) -> dict[str, Any]:
    """Return what is kept of how long a stage may wait."""
    return {"one": stage, "remind_at": waits.remind, "escalate_at": waits.escalate, "lapse_at": waits.lapse}


def _delegation(row: AnyRow) -> Delegation:
    until = date.fromisoformat(row.until) if row.until else None
    return Delegation(PersonId(row.person), PersonId(row.by), row.reason or "", until)


def delegation_columns(stage: StageId, one: Delegation) -> dict[str, str | None]:
    """Return the row of somebody who was asked to decide."""
    until = one.until.isoformat() if one.until else None
    return {"stage": stage, "person": one.person, "by": one.by, "reason": one.reason, "until": until}


def _correction(at: str, changes: list[list[Any]]) -> Correction:
    return Correction(datetime.fromisoformat(at), tuple(Change(*one) for one in changes))


def _role(row: AnyRow) -> Role | None:
    return Role(row.stands_in) if row.stands_in else None


def _question(row: AnyRow) -> Question:
    stage, asked_by = StageId(row.stage), PersonId(row.asked_by)
    return Question(QuestionId(row.id), stage, asked_by, row.question, row.asked_at, row.answer, row.answered_at)


def columns(request: Request) -> dict[str, Any]:
    """Return the request's own row."""
    same = ("id", "district", "process", "rule", "answer", "requester", "fingerprint", "opened_at", "renews", "addressee", "subject")
    own = {name: getattr(request, name) for name in same}
    return own | standing(request) | corrected(request) | {"stopped_by": None, "why_stopped": None}


def standing(request: Request) -> dict[str, Any]:
    """Return where a request stands and on which terms: what a decision may change of its row."""
    return {"status": request.status.value, "fields": dict(request.fields), "starts": request.starts, "ends": request.ends}


def corrected(request: Request) -> dict[str, Any]:
    """Return what correcting a request changes of its row."""
    kept = [(one.at.isoformat(), [astuple(change) for change in one.changes]) for one in request.corrections]
    return {"fields": dict(request.fields), "corrections": kept}


def stopping(request: Request) -> dict[str, Any]:
    """Return what ending a permission early changes of its row."""
    return {
        "status": request.status.value,
        "ends": request.ends,
        "stopped_by": request.stopped_by,
        "why_stopped": request.why_stopped or None,
    }


def stage_columns(request: Request, stage: Stage, at: int) -> dict[str, Any]:
    """Return a new stage's row."""
    return {
        "id": stage.id,
        "request": request.id,
        "position": at,
        "role": stage.role.value,
        "turn": stage.turn,
        "school": stage.school or None,
        **_moved(stage),
        **as_whom(stage),
        **terms(stage),
    }


def decision(stage: Stage) -> dict[str, Any]:
    """Return what a move changes of a stage."""
    return {"one": stage.id, **_moved(stage)}


def _moved(stage: Stage) -> dict[str, Any]:
    return {"status": stage.status.value, "decided_by": stage.decided_by, "decided_at": stage.decided_at, "reason": stage.reason}


def as_whom(stage: Stage) -> dict[str, str | None]:
    """Return in whose place a stage is decided."""
    return {"stands_in": stage.stands_in.value if stage.stands_in else None}


def terms(stage: Stage) -> dict[str, Any]:
    """Return what a stage's decider changed."""
    return {"changes": [astuple(change) for change in stage.changes]}


def question_columns(request: RequestId, question: Question) -> dict[str, Any]:
    """Return a question's row."""
    return asdict(question) | {"request": request}


def reply(question: Question) -> dict[str, Any]:
    """Return what a reply changes of a question."""
    return {"one": question.id, "answer": question.answer, "answered_at": question.answered_at}


def line(of: str, whole: str, at: int, person: PersonId) -> dict[str, Any]:
    """Return the row that joins a person to a part."""
    return {of: whole, "position": at, "person": person}
