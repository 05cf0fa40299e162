"""The short memory of threads: what was asked, and what it came to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select

from handlers.ids import AnswerId
from handlers.kept import Answered
from handlers.people import DistrictKey, PersonId
from handlers.policy.facts import Facts
from handlers.policy.vocabulary import VALUES, Fact
from handlers.repositories import Answers
from storage.columns import Instant, Words
from storage.delivery_tables import inbox
from storage.inbox import DOING
from storage.tables import answers

_ADD = insert(answers)
_ONE = select(answers).where(answers.c.id == bindparam("one"))
_LATEST = (
    select(answers)
    .where(answers.c.person == bindparam("who"), answers.c.thread == bindparam("where"))
    .order_by(answers.c.number.desc())
    .limit(1)
)
RECENT = 1000  # answers among which those are looked for that were never said; all of them would be too many to look through
_NEWEST = select(func.max(answers.c.number)).scalar_subquery()
_NOTED = exists().where(inbox.c.delivery == bindparam("noted", type_=Words).concat(answers.c.id))
_UNSAID = (
    select(answers)
    .where(answers.c.number > _NEWEST - RECENT, answers.c.at >= bindparam("since", type_=Instant()), ~_NOTED)
    .order_by(answers.c.number)
)
_TAKEN = exists().where(inbox.c.delivery == bindparam("taken", type_=Words).concat(answers.c.id))
_OWED = (
    select(answers)
    .where(answers.c.number > _NEWEST - RECENT, answers.c.at >= bindparam("since", type_=Instant()), _TAKEN)
    .order_by(answers.c.number)
)
_FACTS = {fact.value: fact for fact in Fact}
_SAME = ("id", "district", "person", "thread", "ruling", "fingerprint", "at", "asked", "process")


class SqlAnswers(Answers):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, answered: Answered) -> None:
        columns: dict[str, Any] = {name: getattr(answered, name) for name in _SAME}
        lists = {"turns": list(answered.turns), "rules": list(answered.rules)}
        self._connection.execute(_ADD, columns | lists | {"chosen": _plain(answered.chosen), "facts": _plain(answered.facts)})

    def get(self, answer: AnswerId) -> Answered | None:
        row = self._connection.execute(_ONE, {"one": answer}).one_or_none()
        return None if row is None else answered_in(row)

    def latest(self, person: PersonId, thread: str) -> Answered | None:
        row = self._connection.execute(_LATEST, {"who": person, "where": thread}).one_or_none()
        return None if row is None else answered_in(row)

    def owed(self, saying: str, since: datetime) -> tuple[Answered, ...]:
        return tuple(answered_in(row) for row in self._connection.execute(_OWED, {"taken": DOING + saying, "since": since}))

    def unsaid(self, noted: str, since: datetime) -> tuple[Answered, ...]:
        return tuple(answered_in(row) for row in self._connection.execute(_UNSAID, {"noted": noted, "since": since}))


def answered_in(row: Row[Any]) -> Answered:
    """Return the answer in a row that has its columns."""
    return Answered(
        id=AnswerId(row.id),
        district=DistrictKey(row.district),
        person=PersonId(row.person),
        thread=row.thread,
        turns=tuple(row.turns),
        chosen=_facts(row.chosen),
        facts=_facts(row.facts),
        ruling=row.ruling,
        rules=tuple(row.rules),
        fingerprint=row.fingerprint,
        at=row.at,
        asked=row.asked,
        process=row.process,
    )


def _plain(facts: Facts) -> dict[str, dict[str, str]]:
    return {
        "known": {fact.value: value for fact, value in facts.known.items()},
        "words": {fact.value: at for fact, at in facts.words.items()},
    }


def _facts(kept: dict[str, dict[str, str]]) -> Facts:
    """What has left the vocabulary since is forgotten: an old answer must not break a thread."""
    known = {_FACTS[name]: value for name, value in kept["known"].items() if name in _FACTS and value in VALUES[_FACTS[name]]}
    return Facts(known, {_FACTS[name]: words for name, words in kept["words"].items() if name in _FACTS})
