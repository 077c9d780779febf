"""Give jobs a queue and a sort time in it (`turn_at`), and let queues be paused."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Kind of job → queue at the time of this migration. All other kinds are in the queue housekeeping.
QUEUE_OF = {
    "text.screen": "text",
    "photo.clean": "photos",
    "photo.retouch": "photos",
    "notify.now": "notify",
    "notify.digest": "notify",
    "decision.settle": "publish",
    "batch.run": "publish",
}
QUEUES = "queue IN ('text', 'photos', 'notify', 'publish', 'housekeeping')"


def upgrade() -> None:
    """Add columns with database defaults, since the previous version inserts jobs until it is stopped."""
    op.add_column(
        "jobs", sa.Column("queue", sa.String(), server_default=sa.text("'housekeeping'"), nullable=False)
    )
    op.add_column(
        "jobs",
        sa.Column("turn_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    jobs = sa.table("jobs", *(sa.column(name) for name in ("kind", "queue", "run_at", "turn_at")))
    op.execute(
        jobs.update().values(
            turn_at=jobs.c.run_at, queue=sa.case(QUEUE_OF, value=jobs.c.kind, else_="housekeeping")
        )
    )
    op.create_check_constraint(op.f("ck_jobs_queue"), "jobs", QUEUES)
    op.drop_index("ix_jobs_due", table_name="jobs")
    op.create_index("ix_jobs_due", "jobs", ["status", "queue", "turn_at", "id"], unique=False)
    op.create_table(
        "pauses",
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(QUEUES, name=op.f("ck_pauses_queue")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_pauses_reason")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_pauses_editor_id")),
        sa.PrimaryKeyConstraint("queue", name=op.f("pk_pauses")),
    )
    # Finds the few events about lost workers among millions of events.
    op.create_index(
        "ix_events_lost", "events", ["at"], unique=False, postgresql_where=sa.text("name = 'worker.lost'")
    )
