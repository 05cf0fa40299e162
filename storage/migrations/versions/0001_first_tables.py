"""The first tables, as they were on the first day; and the triggers that make the record append-only."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None

tables = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


Parts = list[SchemaItem]


def _table(name: str, *parts: Parts, sqlite_autoincrement: bool = False) -> None:
    sa.Table(name, tables, *(one for part in parts for one in part), sqlite_autoincrement=sqlite_autoincrement)


def _columns(kind: TypeEngine[Any], names: str, *, nullable: bool = False) -> Parts:
    return [sa.Column(name, kind, nullable=nullable) for name in names.split()]


def words(names: str) -> Parts:
    return _columns(sa.Text(), names)


def moments(names: str) -> Parts:
    return _columns(sa.DateTime(timezone=True), names)


def perhaps_words(names: str) -> Parts:
    return _columns(sa.Text(), names, nullable=True)


def perhaps_moments(names: str) -> Parts:
    return _columns(sa.DateTime(timezone=True), names, nullable=True)


def number(name: str) -> Parts:
    return [sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)]


def key(*names: str) -> Parts:
    return [sa.Column(name, sa.Text(), primary_key=True) for name in names]


def part_of(whole: sa.ForeignKey, name: str) -> Parts:
    return [sa.Column(name, whole, primary_key=True), sa.Column("position", sa.Integer(), primary_key=True)]


def index(names: str) -> Parts:
    return [sa.Index(None, *names.split())]


def unique(names: str) -> Parts:
    return [sa.UniqueConstraint(*names.split())]


def index_where(condition: str, name: str, names: str, *, unique: bool = False) -> Parts:
    only = sa.text(condition)
    return [sa.Index(name, *names.split(), unique=unique, sqlite_where=only, postgresql_where=only)]


OPEN = "done_at IS NULL AND dead_at IS NULL"
PLACE = "platform tenant user"

_table(
    "people",
    key("id"),
    words("district email name"),
    _columns(sa.Boolean(), "present"),
    index_where("present", "uq_people_district_email", "district email", unique=True),
)
_table(
    "seats",
    part_of(sa.ForeignKey("people.id", ondelete="CASCADE"), "person"),
    words("role school"),
    perhaps_words("supervisor"),
    index("role"),
)
_table(
    "addresses",
    part_of(sa.ForeignKey("people.id", ondelete="CASCADE"), "person"),
    words(f"district {PLACE}"),
    unique(f"district {PLACE}"),
    index(PLACE),
)
_table("editions", key("district"), words("edition"))
_table(
    "answers",
    number("number"),
    words("id district person thread"),
    _columns(sa.JSON(), "turns chosen facts"),
    words("ruling"),
    _columns(sa.JSON(), "rules"),
    words("fingerprint"),
    moments("at"),
    words("asked process"),
    unique("id"),
    index("person thread number"),
)
_table(
    "requests",
    number("number"),
    words("id district process rule answer requester"),
    _columns(sa.JSON(), "fields"),
    words("fingerprint status"),
    moments("opened_at"),
    perhaps_moments("starts ends"),
    unique("id"),
    index("district number"),
    index("district status number"),
    index("requester number"),
)
_table(
    "stages",
    key("id"),
    [sa.Column("request", sa.ForeignKey("requests.id"), nullable=False)],
    _columns(sa.Integer(), "position"),
    words("role status"),
    perhaps_words("decided_by"),
    perhaps_moments("decided_at"),
    words("reason"),
    perhaps_words("stands_in"),
    unique("request position"),
)
_table("stage_people", part_of(sa.ForeignKey("stages.id"), "stage"), words("person"))
_table(
    "duties",
    key("id"),
    [sa.Column("request", sa.ForeignKey("requests.id"), nullable=False)],
    _columns(sa.Integer(), "position"),
    words("key what owner_role status"),
    perhaps_moments("due"),
    words("evidence"),
    perhaps_words("done_by"),
    perhaps_moments("done_at"),
    unique("request position"),
    index("done_at"),
)
_table("duty_owners", part_of(sa.ForeignKey("duties.id"), "duty"), words("person"), index("person"))
_table(
    "record",
    number("number"),
    words("request district"),
    moments("at"),
    words("who what before after detail fingerprint about"),
    index("request number"),
    sqlite_autoincrement=True,
)
_table(
    "outbox",
    number("id"),
    words("key lane district kind request about to card"),
    _columns(sa.Boolean(), "redraw"),
    moments("available_at"),
    _columns(sa.Integer(), "attempts"),
    perhaps_words("lease_owner"),
    perhaps_moments("lease_until done_at dead_at"),
    perhaps_words("last_error"),
    unique("key"),
    index("request"),
    index_where("dead_at IS NOT NULL", "ix_outbox_dead_district", "district"),
    index_where(OPEN, "ix_outbox_open_available_at", "available_at"),
    index_where(OPEN, "ix_outbox_open_lane_id", "lane id"),
    sqlite_autoincrement=True,
)
_table("copies", key("card", "to"), words(f"request kind about {PLACE} message"))
_table("inbox", key("delivery"), words("result"), moments("at"))
_table("texts", key("district"), words("text"), moments("at"))
_table(
    "threads",
    number("number"),
    words(f"{PLACE} key body"),
    moments("at"),
    perhaps_moments("edited_at"),
    unique(f"{PLACE} key"),
    index(f"{PLACE} number"),
)

SAID = "the record is append-only"
REFUSE = f"SELECT RAISE(ABORT, '{SAID}')"
AGAIN = "EXISTS (SELECT 1 FROM record WHERE number = NEW.number)"
TRIGGERS = {
    "sqlite": (
        f"CREATE TRIGGER record_unchanged BEFORE UPDATE ON record BEGIN {REFUSE}; END",
        f"CREATE TRIGGER record_undeleted BEFORE DELETE ON record BEGIN {REFUSE}; END",
        # INSERT OR REPLACE deletes without asking the trigger above
        f"CREATE TRIGGER record_unreplaced BEFORE INSERT ON record WHEN {AGAIN} BEGIN {REFUSE}; END",
    ),
    "postgresql": (
        f"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$",
        "CREATE TRIGGER record_unchanged BEFORE UPDATE OR DELETE ON record FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER record_untruncated BEFORE TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ),
}


def upgrade() -> None:
    """Make the tables, then the triggers."""
    tables.create_all(op.get_bind())
    for trigger in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(trigger)
