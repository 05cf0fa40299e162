"""When something is meant to happen: to a row of the outbox, to a stage that nobody decides; and the days without school."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns, which stay empty for what is there, and the table."""
    op.add_column("outbox", sa.Column("at", sa.DateTime(timezone=True)))
    for name in ("remind_at", "escalate_at", "lapse_at"):
        op.add_column("stages", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_table(
        "holidays",
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("district", "day", name="pk_holidays"),
    )


def downgrade() -> None:
    """Drop them: what was to happen later happens no more."""
    op.execute(sa.text("DELETE FROM outbox WHERE at IS NOT NULL"))
    op.drop_table("holidays")
    for name in ("lapse_at", "escalate_at", "remind_at"):
        op.drop_column("stages", name)
    op.drop_column("outbox", "at")
