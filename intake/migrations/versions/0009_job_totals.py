"""Add histograms of the waiting and running times of ended jobs, for monitoring."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

QUEUES = "queue IN ('text', 'photos', 'notify', 'publish', 'housekeeping')"


def upgrade() -> None:
    """Only add tables, since the previous version runs until it is stopped."""
    op.create_table(
        "job_totals",
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("bucket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.CheckConstraint(QUEUES, name=op.f("ck_job_totals_queue")),
        sa.CheckConstraint("measure IN ('wait', 'run')", name=op.f("ck_job_totals_measure")),
        sa.PrimaryKeyConstraint("queue", "outcome", "measure", "bucket", name=op.f("pk_job_totals")),
    )
    op.create_table(
        "jobs_counted",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_jobs_counted_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs_counted")),
    )
