"""A duty as rows, and back. Not here: the request that it belongs to, any statement."""

from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from handlers.ids import DutyId, RequestId
from handlers.people import PersonId, Role
from handlers.workflow.parts import Given, Word
from handlers.workflow.request import Duty, DutyStatus


def duty_of(rows: list[Row[Any]]) -> Duty:
    """Return the duty of its rows, one a person."""
    row, role, status = rows[0], Role(rows[0].owner_role), DutyStatus(rows[0].status)
    done = (row.due, row.evidence, row.done_by, row.done_at)
    words = (_word(row.handed_by, row.handed_at, row.handed_word), _word(row.reopened_by, row.reopened_at, row.reopened_word))
    given = tuple(Given(*one) for one in row.given or ())
    return Duty(DutyId(row.id), row.key, row.what, role, people_of(rows), status, *done, row.taken_by, row.taken_at, given, *words)


def _word(by: str | None, at: datetime | None, text: str | None) -> Word | None:
    return Word(PersonId(by), at, text or "") if by is not None and at is not None else None


def people_of(rows: list[Row[Any]]) -> tuple[PersonId, ...]:
    """Return the people that rows join to a part."""
    return tuple(PersonId(row.person) for row in rows if row.person is not None)


def word_columns(name: str, word: Word | None) -> dict[str, Any]:
    """Return what a duty's row keeps of a word."""
    said = (word.by, word.at, word.text) if word else (None, None, None)
    return dict(zip((f"{name}_by", f"{name}_at", f"{name}_word"), said, strict=True))


def doing(duty: Duty) -> dict[str, Any]:
    """Return what doing it changes of a duty."""
    return {"one": duty.id, **done_columns(duty)}


def duty_columns(request: RequestId, duty: Duty, at: int) -> dict[str, Any]:
    """Return a new duty's row."""
    same = {name: getattr(duty, name) for name in ("id", "key", "what", "due", "taken_by", "taken_at")}
    words = word_columns("handed", duty.handed) | word_columns("reopened", duty.reopened)
    return same | done_columns(duty) | words | {"owner_role": duty.owner_role.value, "request": request, "position": at}


def done_columns(duty: Duty) -> dict[str, Any]:
    """Return what doing a duty changes of its row."""
    same = {name: getattr(duty, name) for name in ("evidence", "done_by", "done_at")}
    return {"status": duty.status.value, **same, "given": [astuple(one) for one in duty.given] or None}
