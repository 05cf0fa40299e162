"""Stages that went to somebody else: to whom, by whom, when and why, and who had them before."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column; what was sent before is with those who had it."""
    op.add_column("stages", sa.Column("reassigned", sa.JSON()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("stages", "reassigned")
