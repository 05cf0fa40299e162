"""At whom a request is directed, and whom a report is about."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns; what was kept before was directed at nobody."""
    for name in ("addressee", "subject"):
        op.add_column("requests", sa.Column(name, sa.Text()))


def downgrade() -> None:
    """Drop them."""
    for name in ("subject", "addressee"):
        op.drop_column("requests", name)
