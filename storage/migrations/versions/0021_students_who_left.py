"""Students who were named in a permission and have left it; their names are sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0018"


def upgrade() -> None:
    """Add the column; nobody has left what was sent before."""
    op.add_column("requests", sa.Column("departures", sa.JSON()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("requests", "departures")
