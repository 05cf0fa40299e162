"""A request's rows, made of the request. Not here: a request made of its rows (request_rows.py), any statement."""

from dataclasses import asdict, astuple
from typing import Any

from handlers.ids import RequestId, StageId
from handlers.people import PersonId
from handlers.workflow.request import Delegation, Duty, Request, Stage, Waits
from handlers.workflow.said import Question, Word


def waiting(stage: StageId, waits: Waits) -> dict[str, Any]:
    """Return what is kept of how long a stage may wait."""
    return {"one": stage, "remind_at": waits.remind, "escalate_at": waits.escalate, "lapse_at": waits.lapse}


def delegation_columns(stage: StageId, one: Delegation) -> dict[str, str | None]:
    """Return the row of somebody who was asked to decide."""
    until = one.until.isoformat() if one.until else None
    return {"stage": stage, "person": one.person, "by": one.by, "reason": one.reason, "until": until}


def word_columns(name: str, word: Word | None) -> dict[str, Any]:
    """Return what a duty's row keeps of a word."""
    said = (word.by, word.at, word.text) if word else (None, None, None)
    return dict(zip((f"{name}_by", f"{name}_at", f"{name}_word"), said, strict=True))


def columns(request: Request) -> dict[str, Any]:
    """Return the request's own row."""
    same = ("id", "district", "process", "rule", "answer", "requester", "fingerprint", "opened_at", "renews", "addressee", "subject")
    own = {name: getattr(request, name) for name in same}
    return own | standing(request) | corrected(request) | {"stopped_by": None, "why_stopped": None}


def standing(request: Request) -> dict[str, Any]:
    """Return where a request stands and on which terms: what a decision may change of its row."""
    return {"status": request.status.value, "fields": dict(request.fields), "starts": request.starts, "ends": request.ends}


def decided(request: Request, stage: Stage) -> dict[str, Any]:
    """Return what this decision changes of it: what the form said only where the stage was approved on other terms."""
    changed = standing(request)
    return changed if stage.changes else {name: changed[name] for name in ("status", "starts", "ends")}


def corrected(request: Request) -> dict[str, Any]:
    """Return what correcting a request changes of its row."""
    kept = [(one.at.isoformat(), [astuple(change) for change in one.changes]) for one in request.corrections]
    return {"fields": dict(request.fields), "corrections": kept}


def without_students(request: Request) -> dict[str, Any]:
    """Return what it changes of a request's row that a student has left."""
    kept = [(one.at.isoformat(), one.by, one.name, one.left.value) for one in request.departures]
    return {"fields": dict(request.fields), "departures": kept, **stopping(request)}


def reassigned(stage: Stage) -> list[list[Any]]:
    """Return whom a stage went to, as it is kept."""
    return [[one.to, one.by, one.at.isoformat(), one.reason, list(one.had)] for one in stage.reassigned]


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


def doing(duty: Duty) -> dict[str, Any]:
    """Return what doing it changes of a duty."""
    return {"one": duty.id, **done_columns(duty)}


def duty_columns(request: RequestId, duty: Duty) -> dict[str, Any]:
    """Return a new duty's row, but for its place."""
    same = {name: getattr(duty, name) for name in ("id", "key", "what", "due", "taken_by", "taken_at")}
    words = word_columns("handed", duty.handed) | word_columns("reopened", duty.reopened)
    return same | done_columns(duty) | words | {"owner_role": duty.owner_role.value, "request": request, "of": request}


def done_columns(duty: Duty) -> dict[str, Any]:
    """Return what doing a duty changes of its row."""
    same = {name: getattr(duty, name) for name in ("evidence", "done_by", "done_at")}
    return {"status": duty.status.value, **same, "given": [astuple(one) for one in duty.given] or None}


def line(of: str, whole: str, at: int, person: PersonId) -> dict[str, Any]:
    """Return the row that joins a person to a part."""
    return {of: whole, "position": at, "person": person}
