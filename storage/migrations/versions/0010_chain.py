"""The chain of the record: a link for each of its rows, and where each district's chain ends."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

SAID = "the record is append-only"
REFUSE = f"SELECT RAISE(ABORT, '{SAID}')"
AGAIN = "EXISTS (SELECT 1 FROM links WHERE record = NEW.record OR (district = NEW.district AND number = NEW.number))"
TRIGGERS = {
    "sqlite": (
        f"CREATE TRIGGER links_unchanged BEFORE UPDATE ON links BEGIN {REFUSE}; END",
        f"CREATE TRIGGER links_undeleted BEFORE DELETE ON links BEGIN {REFUSE}; END",
        # INSERT OR REPLACE deletes without asking the trigger above
        f"CREATE TRIGGER links_unreplaced BEFORE INSERT ON links WHEN {AGAIN} BEGIN {REFUSE}; END",
    ),
    "postgresql": (
        "CREATE TRIGGER links_unchanged BEFORE UPDATE OR DELETE ON links FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER links_untruncated BEFORE TRUNCATE ON links FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ),
}


def upgrade() -> None:
    """Make the tables, then the triggers. The rows that are there are linked by whoever has the secret: storage/found.py."""
    op.create_table(
        "links",
        sa.Column("record", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record", name="pk_links"),
        sa.UniqueConstraint("district", "number", name="uq_links_district_number"),
    )
    op.create_table(
        "chains",
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("mac", "key", "seal")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("district", name="pk_chains"),
    )
    for trigger in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(trigger)


def downgrade() -> None:
    """Take them away again; the record itself stays as it is."""
    op.drop_table("links")
    op.drop_table("chains")
