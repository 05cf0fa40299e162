"""What people, requests and the record are kept in. What changes here needs a migration (storage/migrations), and a test says so."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, UniqueConstraint

from storage.columns import Instant, Words
from storage.schema import Number, required, table
from storage.schema import metadata as metadata  # noqa: PLC0414  # with every table in it, once this module is loaded

# Which directory of a district is the newest; another name each time it is replaced.
editions = table("editions", Column("district", Words, primary_key=True), Column("edition", Words, nullable=False))

answers = table(
    "answers",
    Column("number", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    *required(Words, "district", "person", "thread"),
    *required(JSON, "turns", "chosen", "facts"),
    Column("ruling", Words, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("at", Instant, nullable=False),
    *required(Words, "asked", "process"),
    Index(None, "person", "thread", "number"),
)

requests = table(
    "requests",
    Column("number", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    *required(Words, "district", "process", "rule", "answer", "requester"),
    Column("fields", JSON, nullable=False),
    *required(Words, "fingerprint", "status"),
    Column("opened_at", Instant, nullable=False),
    Column("starts", Instant),
    Column("ends", Instant),
    *(Column(name, Words) for name in ("renews", "stopped_by", "why_stopped", "addressee", "subject")),
    *(Column(name, JSON) for name in ("corrections", "departures")),
    Index(None, "district", "number"),
    Index(None, "district", "status", "number"),
    Index(None, "requester", "number"),
)

stages = table(
    "stages",
    Column("id", Words, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False),
    Column("position", Integer, nullable=False),
    *required(Words, "role", "status"),
    Column("decided_by", Words),
    Column("decided_at", Instant),
    Column("reason", Words, nullable=False),
    Column("stands_in", Words),
    Column("changes", JSON),
    *(Column(name, Instant) for name in ("remind_at", "escalate_at", "lapse_at")),
    Column("turn", Integer),
    Column("school", Words),
    Column("reassigned", JSON),
    UniqueConstraint("request", "position"),
)

stage_people = table(
    "stage_people",
    Column("stage", ForeignKey("stages.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("person", Words, nullable=False),
)

# Who was asked to decide after the request was sent: by whom, nobody where the bot found no other way.
stage_added = table(
    "stage_added",
    Column("stage", ForeignKey("stages.id"), primary_key=True),
    Column("person", Words, primary_key=True),
    Column("by", Words),
    Column("reason", Words),
    Column("until", Words),
)

duties = table(
    "duties",
    Column("id", Words, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False),
    Column("position", Integer, nullable=False),
    *required(Words, "key", "what", "owner_role", "status"),
    Column("due", Instant),
    Column("evidence", Words, nullable=False),
    Column("done_by", Words),
    Column("done_at", Instant),
    Column("taken_by", Words),
    Column("taken_at", Instant),
    *(
        Column(name, kind)
        for word in ("handed", "reopened")
        for name, kind in ((f"{word}_by", Words), (f"{word}_at", Instant), (f"{word}_word", Words))
    ),
    Column("given", JSON),
    UniqueConstraint("request", "position"),
    Index(None, "done_at"),
)

duty_owners = table(
    "duty_owners",
    Column("duty", ForeignKey("duties.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("person", Words, nullable=False, index=True),
)

# Triggers, written in the first migration, refuse to change or delete a row.
record = table(
    "record",
    Column("number", Number, primary_key=True),
    *required(Words, "request", "district"),
    Column("at", Instant, nullable=False),
    *required(Words, "who", "what", "before", "after"),
    Column("detail", Words, nullable=False),
    *required(Words, "fingerprint", "about"),
    Index(None, "request", "number"),
    sqlite_autoincrement=True,
)

texts = table("texts", Column("district", Words, primary_key=True), *required(Words, "text"), *required(Instant, "at"))

# Days without school, as they were imported; a district's settings may name more.
holidays = table(
    "holidays",
    Column("district", Words, primary_key=True),
    Column("day", Date, primary_key=True),
    *required(Words, "name"),
)

# Not part of any request's record: what people think of answers decides nothing.
feedback = table(
    "feedback",
    *(Column(name, Words, primary_key=True) for name in ("answer", "person")),
    Column("helpful", Boolean, nullable=False),
    Column("words", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "at"),
)

# Who decides beside whom for some days; `told` once those who stand in have what waits.
stand_ins = table(
    "stand_ins",
    Column("id", Words, primary_key=True),
    *required(Words, "district", "person", "to"),
    *required(Instant, "starts", "ends"),
    Column("last_day", Words, nullable=False),
    Column("told", Boolean, nullable=False),
    UniqueConstraint("person"),
    Index(None, "district", "ends"),
)

# What a decider asked the requester without deciding; the reply is written once.
questions = table(
    "questions",
    Column("id", Words, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False, index=True),
    Column("stage", ForeignKey("stages.id"), nullable=False),
    *required(Words, "asked_by", "question"),
    Column("asked_at", Instant, nullable=False),
    Column("answer", Words, nullable=False),
    Column("answered_at", Instant),
)

# What the rules behind a request said when it was sent: once for each version of a pack and process.
grounds = table(
    "grounds",
    *(Column(name, Words, primary_key=True) for name in ("district", "fingerprint", "process")),
    Column("rules", JSON, nullable=False),
)
