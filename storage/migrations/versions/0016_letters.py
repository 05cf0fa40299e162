"""What is said when a duty is done, field by field; and what the rules behind a request said when it was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the column and make the table."""
    op.add_column("duties", sa.Column("given", sa.JSON()))
    op.create_table(
        "grounds",
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("district", "fingerprint", "process", name="pk_grounds"),
    )


def downgrade() -> None:
    """Drop them; what was said field by field goes with the column."""
    op.drop_table("grounds")
    op.drop_column("duties", "given")
