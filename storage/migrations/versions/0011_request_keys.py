"""The data keys of what people typed. What is there in plain words is sealed by whoever has the secret: storage/found.py."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "request_keys",
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("about", name="pk_request_keys"),
    )
    op.create_index("ix_request_keys_key", "request_keys", ["key"])


def downgrade() -> None:
    """Refuse where words are sealed: without the keys nobody could ever read them."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM request_keys LIMIT 1")).first():
        raise RuntimeError("people's words are sealed under these keys; restore the backup made before `hallpass migrate` instead")
    op.drop_table("request_keys")
