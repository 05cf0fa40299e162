"""Approving on other terms, asking the requester, ending a permission early, renewing it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table of questions, and the columns of terms and ends."""
    op.create_table(
        "questions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), sa.ForeignKey("requests.id", name="fk_questions_request_requests"), nullable=False),
        sa.Column("stage", sa.Text(), sa.ForeignKey("stages.id", name="fk_questions_stage_stages"), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_request", "questions", ["request"])
    op.add_column("stages", sa.Column("changes", sa.JSON()))
    for name in ("renews", "stopped_by", "why_stopped"):
        op.add_column("requests", sa.Column(name, sa.Text()))
