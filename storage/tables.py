"""Every table, nothing else. What changes here needs a migration (storage/migrations), and a test says so."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, UniqueConstraint, text
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from storage.columns import NOW, Instant, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

PRESENT = text("present")
DEAD = text("dead_at IS NOT NULL")
OPEN = text("done_at IS NULL AND dead_at IS NULL")


def _table(name: str, *parts: SchemaItem, **settings: Any) -> Table:  # noqa: ANN401  # the dialects' own settings
    return Table(name, metadata, *parts, **settings)


def _required(kind: type[TypeEngine[Any]], *names: str) -> tuple[Column[Any], ...]:
    return tuple(Column(name, kind, nullable=False) for name in names)


Number = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself on SQLite

# Somebody who left keeps the row, so that the register can name them for good, but no seat and no address.
people = _table(
    "people",
    Column("id", Words, primary_key=True),
    *_required(Words, "district", "email"),
    Column("name", Words, nullable=False),
    Column("present", Boolean, nullable=False),
    Index("uq_people_district_email", "district", "email", unique=True, sqlite_where=PRESENT, postgresql_where=PRESENT),
)

seats = _table(
    "seats",
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", Words, nullable=False),
    Column("school", Words, nullable=False),
    Column("supervisor", Words),
    Index(None, "role"),
)

addresses = _table(
    "addresses",
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    *_required(Words, "district", "platform", "tenant", "user"),
    UniqueConstraint("district", "platform", "tenant", "user"),
    Index(None, "platform", "tenant", "user"),
)

# Whom a platform's verified e-mail names; it becomes an address only when an administrator says so.
proposals = _table(
    "proposals",
    *(Column(name, Words, primary_key=True) for name in ("platform", "tenant", "user")),
    *_required(Words, "district", "person"),
    Column("at", Instant, nullable=False),
)

# Which directory of a district is the newest; another name each time it is replaced.
editions = _table("editions", Column("district", Words, primary_key=True), Column("edition", Words, nullable=False))

answers = _table(
    "answers",
    Column("number", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    *_required(Words, "district", "person", "thread"),
    *_required(JSON, "turns", "chosen", "facts"),
    Column("ruling", Words, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("at", Instant, nullable=False),
    *_required(Words, "asked", "process"),
    Index(None, "person", "thread", "number"),
)

requests = _table(
    "requests",
    Column("number", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    *_required(Words, "district", "process", "rule", "answer", "requester"),
    Column("fields", JSON, nullable=False),
    *_required(Words, "fingerprint", "status"),
    Column("opened_at", Instant, nullable=False),
    Column("starts", Instant),
    Column("ends", Instant),
    Index(None, "district", "number"),
    Index(None, "district", "status", "number"),
    Index(None, "requester", "number"),
)

stages = _table(
    "stages",
    Column("id", Words, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False),
    Column("position", Integer, nullable=False),
    *_required(Words, "role", "status"),
    Column("decided_by", Words),
    Column("decided_at", Instant),
    Column("reason", Words, nullable=False),
    Column("stands_in", Words),
    UniqueConstraint("request", "position"),
)

stage_people = _table(
    "stage_people",
    Column("stage", ForeignKey("stages.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("person", Words, nullable=False),
)

duties = _table(
    "duties",
    Column("id", Words, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False),
    Column("position", Integer, nullable=False),
    *_required(Words, "key", "what", "owner_role", "status"),
    Column("due", Instant),
    Column("evidence", Words, nullable=False),
    Column("done_by", Words),
    Column("done_at", Instant),
    UniqueConstraint("request", "position"),
    Index(None, "done_at"),
)

duty_owners = _table(
    "duty_owners",
    Column("duty", ForeignKey("duties.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("person", Words, nullable=False, index=True),
)

# Triggers, written in the first migration, refuse to change or delete a row.
record = _table(
    "record",
    Column("number", Number, primary_key=True),
    *_required(Words, "request", "district"),
    Column("at", Instant, nullable=False),
    *_required(Words, "who", "what", "before", "after"),
    Column("detail", Words, nullable=False),
    *_required(Words, "fingerprint", "about"),
    Index(None, "request", "number"),
    sqlite_autoincrement=True,
)

outbox = _table(
    "outbox",
    Column("id", Number, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    *_required(Words, "lane", "district", "kind", "request", "about", "to", "card"),
    Column("redraw", Boolean, nullable=False),
    Column("available_at", Instant, nullable=False, default=NOW),
    Column("attempts", Integer, nullable=False, default=0),
    Column("lease_owner", Words),
    Column("lease_until", Instant),
    Column("done_at", Instant),
    Column("dead_at", Instant),
    Column("last_error", Words),
    Index(None, "request"),
    Index("ix_outbox_dead_district", "district", sqlite_where=DEAD, postgresql_where=DEAD),
    Index("ix_outbox_open_available_at", "available_at", sqlite_where=OPEN, postgresql_where=OPEN),
    Index("ix_outbox_open_lane_id", "lane", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    sqlite_autoincrement=True,
)

copies = _table(
    "copies",
    Column("card", Words, primary_key=True),
    Column("to", Words, primary_key=True),
    *_required(Words, "request", "kind", "about", "platform", "tenant", "user", "message"),
)

inbox = _table("inbox", Column("delivery", Words, primary_key=True), *_required(Words, "result"), *_required(Instant, "at"))

texts = _table("texts", Column("district", Words, primary_key=True), *_required(Words, "text"), *_required(Instant, "at"))

threads = _table(
    "threads",
    Column("number", Number, primary_key=True),
    *_required(Words, "platform", "tenant", "user", "key"),
    Column("body", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("edited_at", Instant),
    UniqueConstraint("platform", "tenant", "user", "key"),
    Index(None, "platform", "tenant", "user", "number"),
)
