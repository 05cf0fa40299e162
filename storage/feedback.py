"""What people said of the answers they got. Not here: whose word counts."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from handlers.ids import AnswerId
from handlers.kept import Answered, Feedback
from handlers.people import DistrictKey, PersonId
from handlers.repositories import Feedbacks
from storage.answers import answered_in
from storage.tables import answers, feedback
from storage.upsert import last_wins

_KEEP = last_wins(feedback, "answer", "person")
_ONE = select(feedback).where(feedback.c.answer == bindparam("one"), feedback.c.person == bindparam("who"))
_HERE = (
    select(answers, *(column.label(f"said_{column.name}") for column in feedback.c))
    .join(feedback, feedback.c.answer == answers.c.id)
    .where(answers.c.district == bindparam("here"), feedback.c.at >= bindparam("since"))
    .order_by(feedback.c.at.desc(), answers.c.number.desc())
)


class SqlFeedbacks(Feedbacks):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, feedback: Feedback) -> None:
        self._connection.execute(_KEEP[self._connection.dialect.name], asdict(feedback))

    def get(self, answer: AnswerId, person: PersonId) -> Feedback | None:
        row = self._connection.execute(_ONE, {"one": answer, "who": person}).one_or_none()
        return None if row is None else Feedback(AnswerId(row.answer), PersonId(row.person), row.helpful, row.words, row.at)

    def of_district(self, district: DistrictKey, since: datetime) -> tuple[tuple[Answered, Feedback], ...]:
        rows = self._connection.execute(_HERE, {"here": district, "since": since})
        return tuple((answered_in(row), _said(row)) for row in rows)


def _said(row: Row[Any]) -> Feedback:
    return Feedback(AnswerId(row.said_answer), PersonId(row.said_person), row.said_helpful, row.said_words, row.said_at)
