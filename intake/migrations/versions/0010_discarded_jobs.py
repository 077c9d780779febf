"""Let jobs be discarded and store their stage. Index events by job id."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OF_JOBS = "name IN ('job.discarded', 'job.retried', 'jobs.discarded', 'jobs.retried', 'worker.lost')"


def upgrade() -> None:
    """Leave old events as they are. Events about earlier retries have no job ids, only a submission id."""
    op.add_column("jobs", sa.Column("stage", sa.String(), nullable=True))
    for name, check in (
        ("status", "status IN ('pending', 'sent', 'running', 'done', 'dead', 'discarded')"),
        ("finished", "status NOT IN ('done', 'dead', 'discarded') OR finished_at IS NOT NULL"),
    ):
        op.drop_constraint(op.f(f"ck_jobs_{name}"), "jobs")
        op.create_check_constraint(op.f(f"ck_jobs_{name}"), "jobs", check)
    op.create_index(
        "ix_events_of_jobs",
        "events",
        ["data"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"data": "jsonb_path_ops"},
        postgresql_where=sa.text(OF_JOBS),
    )
