"""The register of approved channels."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "channels",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), sa.ForeignKey("requests.id", name="fk_channels_request_requests"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("owner", "platform", "purpose", "address", "administrators")),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "why")),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in ("since", "confirmed_at", "asked_at", "checked_at")),
        sa.Column("checked_by", sa.Text()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
        sa.UniqueConstraint("request", name="uq_channels_request"),
    )
    op.create_index("ix_channels_district", "channels", ["district"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("channels")
