"""What leaves and comes in, where people are reached, who they may be there: beside the others (tables.py), and with migrations as they."""

from sqlalchemy import Boolean, Column, Index, Integer, UniqueConstraint, text

from storage.columns import NOW, Instant, Words
from storage.schema import Number, partial, required, table

DEAD = text("dead_at IS NOT NULL")
OPEN = text("done_at IS NULL AND dead_at IS NULL")

# Whom a platform's verified e-mail names; it becomes an address only when an administrator says so.
proposals = table(
    "proposals",
    *(Column(name, Words, primary_key=True) for name in ("platform", "tenant", "user")),
    *required(Words, "district", "person"),
    Column("at", Instant, nullable=False),
)

# Where a platform's user can be written to, in the platform's own words: Teams tells once, when somebody first writes or installs.
conversations = table(
    "conversations",
    *(Column(name, Words, primary_key=True) for name in ("platform", "tenant", "user")),
    Column("reference", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "platform", "tenant", "at"),
)

outbox = table(
    "outbox",
    Column("id", Number, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    *required(Words, "lane", "district", "kind", "request", "about", "to", "card"),
    Column("redraw", Boolean, nullable=False),
    Column("at", Instant),
    Column("available_at", Instant, nullable=False, default=NOW),
    Column("attempts", Integer, nullable=False, default=0),
    Column("lease_owner", Words),
    Column("lease_until", Instant),
    Column("done_at", Instant),
    Column("dead_at", Instant),
    Column("last_error", Words),
    Index(None, "request"),
    partial("ix_outbox_dead_district", "district", where=DEAD),
    partial("ix_outbox_open_available_at", "available_at", where=OPEN),
    partial("ix_outbox_open_lane_id", "lane", "id", where=OPEN),
    sqlite_autoincrement=True,
)

copies = table(
    "copies",
    Column("card", Words, primary_key=True),
    Column("to", Words, primary_key=True),
    *required(Words, "request", "kind", "about", "platform", "tenant", "user", "message"),
)

inbox = table("inbox", Column("delivery", Words, primary_key=True), *required(Words, "result"), *required(Instant, "at"))

threads = table(
    "threads",
    Column("number", Number, primary_key=True),
    *required(Words, "platform", "tenant", "user", "key"),
    Column("body", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("edited_at", Instant),
    UniqueConstraint("platform", "tenant", "user", "key"),
    Index(None, "platform", "tenant", "user", "number"),
)
