"""What an earlier version kept in plain words and unchained: sealed once, as it was found. Not here: sealing as such.

Done under the lock of storage/migrate.py by whoever first opens the database with a secret, and before any of it is linked.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select, text, update

from handlers.ids import RequestId
from handlers.ports import Clock
from handlers.workflow.request import Stage
from storage.answers import answered_in
from storage.chain import Chain
from storage.keyring import Keyring
from storage.request_columns import terms
from storage.requests import SqlRequests
from storage.seal_tables import chains, links, request_keys
from storage.sealed_answers import feedback_place, turned, whose
from storage.sealed_values import Turned
from storage.sealing import MARK, Sealer
from storage.tables import answers, duties, feedback, questions, record, requests, stage_added, stages

BATCH = 200  # requests in memory at a time
_BEFORE = ~exists().where(request_keys.c.about == requests.c.id)
_REQUESTS = select(requests.c.id).where(_BEFORE).limit(BATCH)
_LINES = select(record.c.number, record.c.request, record.c.detail).where(
    record.c.detail != "", record.c.request != "", ~record.c.detail.startswith(MARK), ~exists().where(links.c.record == record.c.number)
)
_UNCHAINED = select(record.c.district).where(~exists().where(chains.c.district == record.c.district)).distinct()
_ASKED = select(answers.c.district).where(~exists().where(request_keys.c.about == bindparam("prefix") + answers.c.district)).distinct()
_SAID = select(feedback, answers.c.district).join(answers, answers.c.id == feedback.c.answer).where(answers.c.district == bindparam("one"))

# SQLite cannot switch a trigger off.
_TRIGGER = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'record_unchanged'"


def seal_found(connection: Connection, keyring: Keyring, clock: Clock) -> bool:
    """Seal everything that is not sealed yet; say whether there was anything. Without a secret nothing is touched."""
    if not keyring.is_secret:
        return False
    sealer, districts = Sealer(connection, keyring), connection.execute(_UNCHAINED).scalars().all()
    asked = connection.execute(_ASKED, {"prefix": whose("")}).scalars().all()
    found = bool(districts or asked)
    while ids := connection.execute(_REQUESTS).scalars().all():
        found = True
        _seal_requests(connection, sealer, clock, ids)
    _seal_answers(connection, sealer, asked)
    if districts:
        _seal_lines(connection, sealer)
    for district in districts:
        Chain(connection, keyring, clock).hold(district)
    return found


def _seal_requests(connection: Connection, sealer: Sealer, clock: Clock, ids: Sequence[str]) -> None:
    plain = SqlRequests(connection, clock)
    for one in ids:
        whole = plain.get(RequestId(one))
        if whole is not None:
            sealed = Turned(sealer.of(one).shut).request(whole)
            _put(connection, requests, {"id": one}, {"fields": dict(sealed.fields), "why_stopped": sealed.why_stopped or None})
            for stage in sealed.stages:
                _put_stage(connection, stage)
            for duty in sealed.duties:
                _put(connection, duties, {"id": duty.id}, {"evidence": duty.evidence})
            for question in sealed.questions:
                _put(connection, questions, {"id": question.id}, {"question": question.question, "answer": question.answer})


def _put_stage(connection: Connection, stage: Stage) -> None:
    _put(connection, stages, {"id": stage.id}, {"reason": stage.reason, **terms(stage)})
    for asked in stage.delegations:
        _put(connection, stage_added, {"stage": stage.id, "person": asked.person}, {"reason": asked.reason})


def _seal_answers(connection: Connection, sealer: Sealer, districts: Sequence[str]) -> None:
    for district in districts:
        shut = sealer.of(whose(district)).shut
        for row in connection.execute(select(answers).where(answers.c.district == district)).all():
            sealed = turned(answered_in(row), shut)
            facts = {name: {**getattr(row, name), "words": dict(getattr(sealed, name).words)} for name in ("chosen", "facts")}
            _put(connection, answers, {"id": row.id}, {"turns": list(sealed.turns), **facts})
        for said in connection.execute(_SAID, {"one": district}).all():
            words = shut(feedback_place(said.answer, said.person), said.words)
            _put(connection, feedback, {"answer": said.answer, "person": said.person}, {"words": words})


def _seal_lines(connection: Connection, sealer: Sealer) -> None:
    """The one time that the record's rows are written again: before they are linked, and only their words."""
    rows = connection.execute(_LINES).all()
    with _unlocked(connection):
        for row in rows:
            _put(connection, record, {"number": row.number}, {"detail": sealer.of(row.request).shut("detail", row.detail)})


@contextmanager
def _unlocked(connection: Connection) -> Iterator[None]:
    """Let the record's rows be changed; for the rest of the world they never were, as all of it is one transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE record DISABLE TRIGGER record_unchanged"))
        yield
        connection.execute(text("ALTER TABLE record ENABLE TRIGGER record_unchanged"))
        return
    again = connection.execute(text(_TRIGGER)).scalar_one()
    connection.execute(text("DROP TRIGGER record_unchanged"))
    yield
    connection.exec_driver_sql(again)


def _put(connection: Connection, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:  # noqa: ANN401  # a table
    connection.execute(update(table).where(*(table.c[name] == value for name, value in key.items())).values(**values))
