"""Correcting a request before its decision; stages side by side, at one school, and passed to somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns; what was sent before has nothing in them."""
    op.add_column("requests", sa.Column("corrections", sa.JSON()))
    op.add_column("stages", sa.Column("turn", sa.Integer()))
    op.add_column("stages", sa.Column("school", sa.Text()))
    op.add_column("stages", sa.Column("reassigned", sa.JSON()))
