"""A request made of its rows. Not here: rows made of a request (request_columns.py), any statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from handlers.ids import AnswerId, DutyId, QuestionId, RequestId, StageId
from handlers.people import DistrictKey, PersonId, Role
from handlers.workflow.request import Delegation, Duty, DutyStatus, Request, Stage, StageStatus, Status, Waits
from handlers.workflow.said import Change, Correction, Departure, Given, Left, Question, Reassigned, Word

AnyRow = Row[Any]
Parts = Mapping[str, list[AnyRow]]  # a stage's or duty's id -> its rows, one a person


def by_request(rows: Iterable[AnyRow]) -> Mapping[str, Parts]:
    """Put the rows of parts together: by request, then by part."""
    found: dict[str, dict[str, list[AnyRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.request][row.id].append(row)
    return found


def may_have(rows: Iterable[AnyRow], said: str) -> bool:
    """Say whether any of the requests has parts of that kind, as far as their rows say so."""
    return any(getattr(row, said, True) for row in rows)


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
        duties=tuple(_duty(rows) for rows in owed.values()),
        starts=row.starts,
        ends=row.ends,
        questions=tuple(_question(one) for rows in asked.values() for one in rows),
        renews=RequestId(row.renews) if row.renews else None,
        stopped_by=PersonId(row.stopped_by) if row.stopped_by else None,
        why_stopped=row.why_stopped or "",
        addressee=PersonId(row.addressee) if row.addressee else None,
        subject=PersonId(row.subject) if row.subject else None,
        corrections=tuple(_correction(*one) for one in row.corrections or ()),
        departures=tuple(_departure(*one) for one in row.departures or ()),
    )


def _stage(rows: list[AnyRow], added: list[AnyRow]) -> Stage:
    row, status, people, more = rows[0], StageStatus(rows[0].status), _people(rows), _people(added)
    by = tuple(_delegation(one) for one in added if one.by is not None)
    changes = tuple(Change(*one) for one in row.changes or ())
    done = (row.decided_by, row.decided_at, row.reason, _role(row))
    where = (row.turn, row.school or "", tuple(_reassigned(*one) for one in row.reassigned or ()))
    return Stage(StageId(row.id), Role(row.role), people, status, *done, more, by, changes, _waits(row), *where)


def _waits(row: AnyRow) -> Waits | None:
    waits = Waits(row.remind_at, row.escalate_at, row.lapse_at)
    return waits if waits != Waits() else None


def _delegation(row: AnyRow) -> Delegation:
    until = date.fromisoformat(row.until) if row.until else None
    return Delegation(PersonId(row.person), PersonId(row.by), row.reason or "", until)


def _reassigned(to: str, by: str, at: str, reason: str, had: list[str]) -> Reassigned:
    return Reassigned(PersonId(to), PersonId(by), datetime.fromisoformat(at), reason, tuple(map(PersonId, had)))


def _correction(at: str, changes: list[list[Any]]) -> Correction:
    return Correction(datetime.fromisoformat(at), tuple(Change(*one) for one in changes))


def _departure(at: str, by: str, name: str, left: str) -> Departure:
    return Departure(datetime.fromisoformat(at), PersonId(by), name, Left(left))


def _role(row: AnyRow) -> Role | None:
    return Role(row.stands_in) if row.stands_in else None


def _duty(rows: list[AnyRow]) -> Duty:
    row, role, status = rows[0], Role(rows[0].owner_role), DutyStatus(rows[0].status)
    done = (row.due, row.evidence, row.done_by, row.done_at)
    words = (_word(row.handed_by, row.handed_at, row.handed_word), _word(row.reopened_by, row.reopened_at, row.reopened_word))
    given = tuple(Given(*one) for one in row.given or ())
    return Duty(DutyId(row.id), row.key, row.what, role, _people(rows), status, *done, row.taken_by, row.taken_at, given, *words)


def _word(by: str | None, at: datetime | None, text: str | None) -> Word | None:
    return Word(PersonId(by), at, text or "") if by is not None and at is not None else None


def _question(row: AnyRow) -> Question:
    stage, asked_by = StageId(row.stage), PersonId(row.asked_by)
    return Question(QuestionId(row.id), stage, asked_by, row.question, row.asked_at, row.answer, row.answered_at)


def _people(rows: list[AnyRow]) -> tuple[PersonId, ...]:
    return tuple(PersonId(row.person) for row in rows if row.person is not None)
