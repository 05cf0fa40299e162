"""What an earlier version kept in plain words and unchained: sealed once, as it was found. Not here: sealing as such.

Done under the lock of storage/migrate.py by whoever first opens the database with a secret, and before any of it is linked.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, bindparam, exists, func, select, text, update

from handlers.ids import RequestId
from handlers.ports import Clock
from handlers.workflow.request import Request
from storage.answers import answered_in
from storage.chain import Chain
from storage.keyring import Keyring
from storage.prepared import prepared
from storage.request_columns import terms
from storage.requests import SqlRequests
from storage.seal_tables import chains, links, request_keys
from storage.sealed_answers import feedback_place, turned, whose
from storage.sealed_values import Turned
from storage.sealing import MARK, Sealer
from storage.tables import answers, duties, feedback, questions, record, requests, stage_added, stages

BATCH = 500  # requests in memory at a time
TELLING = 5.0  # seconds between two words about how far it is: a hundred thousand requests take half a minute
_BEFORE = ~exists().where(request_keys.c.about == requests.c.id)
# From where the last batch ended: looking from the beginning each time cost more than the sealing.
_REQUESTS = (
    select(requests.c.number, requests.c.id)
    .where(_BEFORE, requests.c.number > bindparam("after"))
    .order_by(requests.c.number)
    .limit(bindparam("most"))
)
_HOW_MANY = select(func.count()).select_from(requests).where(_BEFORE)
_LINES = select(record.c.number, record.c.request, record.c.detail).where(
    record.c.detail != "", record.c.request != "", ~record.c.detail.startswith(MARK), ~exists().where(links.c.record == record.c.number)
)
_UNCHAINED = select(record.c.district).where(~exists().where(chains.c.district == record.c.district)).distinct()
_ASKED = select(answers.c.district).where(~exists().where(request_keys.c.about == bindparam("prefix") + answers.c.district)).distinct()
_SAID = select(feedback, answers.c.district).join(answers, answers.c.id == feedback.c.answer).where(answers.c.district == bindparam("one"))

_CHANGE = {table: update(table).where(table.c.id == bindparam("one")) for table in (requests, stages, duties, questions)} | {
    stage_added: update(stage_added).where(stage_added.c.stage == bindparam("one"), stage_added.c.person == bindparam("whom"))
}
_PUT_ANSWER = update(answers).where(answers.c.id == bindparam("one"))
_PUT_FEEDBACK = update(feedback).where(feedback.c.answer == bindparam("one"), feedback.c.person == bindparam("whom"))
_PUT_LINE = update(record).where(record.c.number == bindparam("one"))

log = logging.getLogger(__name__)

# SQLite cannot switch a trigger off.
_TRIGGER = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'record_unchanged'"


def seal_found(connection: Connection, keyring: Keyring, clock: Clock) -> bool:
    """Seal everything that is not sealed yet; say whether there was anything. Without a secret nothing is touched."""
    if not keyring.is_secret:
        return False
    connection = prepared(connection)
    sealer, districts = Sealer(connection, keyring), connection.execute(_UNCHAINED).scalars().all()
    asked = connection.execute(_ASKED, {"prefix": whose("")}).scalars().all()
    found = bool(districts or asked)
    for ids in _unsealed(connection):
        found = True
        _seal_requests(connection, sealer, clock, ids)
    _seal_answers(connection, sealer, asked)
    if districts:
        _seal_lines(connection, sealer)
    for district in districts:
        Chain(connection, keyring, clock).hold(district)
    return found


def _unsealed(connection: Connection) -> Iterator[Sequence[str]]:
    """Give the requests without a key, so many at a time; say in the log how far it is."""
    many, done, after, said = connection.execute(_HOW_MANY).scalar_one(), 0, 0, time.monotonic()
    while rows := connection.execute(_REQUESTS, {"after": after, "most": BATCH}).all():
        yield [row.id for row in rows]
        done, after = done + len(rows), rows[-1].number
        if time.monotonic() - said > TELLING:
            said = time.monotonic()
            log.info("sealing what was kept before: %d of %d requests", done, many)


def _seal_requests(connection: Connection, sealer: Sealer, clock: Clock, ids: Sequence[str]) -> None:
    sealer.make(ids)
    rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for whole in SqlRequests(connection, clock).several([RequestId(one) for one in ids]):
        _take_down(rows, Turned(sealer.of(whole.id).shut).request(whole))
    for table, changed in rows.items():
        if changed:
            connection.execute(_CHANGE[table], changed)


def _take_down(rows: dict[Table, list[dict[str, Any]]], sealed: Request) -> None:
    """Note what changes in which row."""
    rows[requests].append({"one": sealed.id, "fields": dict(sealed.fields), "why_stopped": sealed.why_stopped or None})
    for stage in sealed.stages:
        rows[stages].append({"one": stage.id, "reason": stage.reason, **terms(stage)})
        rows[stage_added] += [{"one": stage.id, "whom": asked.person, "reason": asked.reason} for asked in stage.delegations]
    rows[duties] += [{"one": duty.id, "evidence": duty.evidence} for duty in sealed.duties]
    rows[questions] += [{"one": one.id, "question": one.question, "answer": one.answer} for one in sealed.questions]


def _seal_answers(connection: Connection, sealer: Sealer, districts: Sequence[str]) -> None:
    for district in districts:
        shut = sealer.of(whose(district)).shut
        for row in connection.execute(select(answers).where(answers.c.district == district)).all():
            sealed = turned(answered_in(row), shut)
            facts = {name: {**getattr(row, name), "words": dict(getattr(sealed, name).words)} for name in ("chosen", "facts")}
            connection.execute(_PUT_ANSWER, {"one": row.id, "turns": list(sealed.turns), **facts})
        for said in connection.execute(_SAID, {"one": district}).all():
            words = shut(feedback_place(said.answer, said.person), said.words)
            connection.execute(_PUT_FEEDBACK, {"one": said.answer, "whom": said.person, "words": words})


def _seal_lines(connection: Connection, sealer: Sealer) -> None:
    """The one time that the record's rows are written again: before they are linked, and only their words."""
    rows = connection.execute(_LINES).all()
    with _unlocked(connection):
        for at in range(0, len(rows), BATCH):
            some = rows[at : at + BATCH]
            sealer.read({row.request for row in some})
            changed = [{"one": row.number, "detail": sealer.of(row.request).shut("detail", row.detail)} for row in some]
            connection.execute(_PUT_LINE, changed)


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
