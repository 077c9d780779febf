"""Add five-minute counts of waiting, new and ended jobs per queue, and requests to stop a worker."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

QUEUES = "queue IN ('text', 'photos', 'notify', 'publish', 'housekeeping')"


def upgrade() -> None:
    """Only add tables, columns and indexes, since the previous version runs until it is stopped."""
    op.create_table(
        "queue_samples",
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.CheckConstraint(QUEUES, name=op.f("ck_queue_samples_queue")),
        sa.CheckConstraint("least(waiting, came, ended) >= 0", name=op.f("ck_queue_samples_counts")),
        sa.PrimaryKeyConstraint("queue", "at", name=op.f("pk_queue_samples")),
    )
    op.create_index(
        "ix_jobs_finished",
        "jobs",
        ["queue", "finished_at"],
        unique=False,
        postgresql_where=sa.text("finished_at IS NOT NULL"),
    )
    op.create_index("ix_jobs_created", "jobs", ["created_at"], unique=False, postgresql_using="brin")
    op.add_column("heartbeats", sa.Column("stop_asked_at", sa.DateTime(timezone=True), nullable=True))
