"""When something of the outbox is meant to happen, where that is not at once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column; what is there leaves at once, as before."""
    op.add_column("outbox", sa.Column("at", sa.DateTime(timezone=True)))
