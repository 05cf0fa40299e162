"""Correcting a request before its decision; stages side by side, and at one school."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the columns; what was sent before has nothing in them."""
    op.add_column("requests", sa.Column("corrections", sa.JSON()))
    op.add_column("stages", sa.Column("turn", sa.Integer()))
    op.add_column("stages", sa.Column("school", sa.Text()))


def downgrade() -> None:
    """Drop them."""
    for table, name in (("stages", "school"), ("stages", "turn"), ("requests", "corrections")):
        op.drop_column(table, name)
