"""Who handed a duty over, and who said that it was not done after all."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

WORDS = [name for word in ("handed", "reopened") for name in (f"{word}_by", f"{word}_at", f"{word}_word")]


def upgrade() -> None:
    """Add the columns."""
    for name in WORDS:
        op.add_column("duties", sa.Column(name, sa.DateTime(timezone=True) if name.endswith("_at") else sa.Text()))


def downgrade() -> None:
    """Drop them."""
    for name in reversed(WORDS):
        op.drop_column("duties", name)
