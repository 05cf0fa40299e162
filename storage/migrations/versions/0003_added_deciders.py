"""Deciders who were added to a stage after its request was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "stage_added",
        sa.Column("stage", sa.Text(), sa.ForeignKey("stages.id", name="fk_stage_added_stage_stages"), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.PrimaryKeyConstraint("stage", "person", name="pk_stage_added"),
    )
