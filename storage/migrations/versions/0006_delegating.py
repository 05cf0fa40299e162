"""Delegates' reasons, stand-ins, and who works on a duty."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns, and make the table."""
    op.add_column("stage_added", sa.Column("reason", sa.Text()))
    op.add_column("stage_added", sa.Column("until", sa.Text()))
    op.add_column("duties", sa.Column("taken_by", sa.Text()))
    op.add_column("duties", sa.Column("taken_at", sa.DateTime(timezone=True)))
    op.create_table(
        "stand_ins",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stand_ins"),
        sa.UniqueConstraint("person", name="uq_stand_ins_person"),
    )
    op.create_index("ix_stand_ins_district_ends", "stand_ins", ["district", "ends"])
