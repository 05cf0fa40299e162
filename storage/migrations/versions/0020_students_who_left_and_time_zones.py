"""Students who were named in a permission and have left it, their names sealed; the time zones of people who have one of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the columns; nobody has left what was sent before, and everybody is in the district's zone."""
    op.add_column("people", sa.Column("zone", sa.Text()))
    op.add_column("requests", sa.Column("departures", sa.JSON()))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("people", "zone")
    op.drop_column("requests", "departures")
