"""Add the log of incidents, and heartbeats of the web server."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

CAUSES = "cause IN ('relay', 'broker', 'no_worker', 'stalled', 'failing', 'paused', 'scheduler', 'unwatched')"


def upgrade() -> None:
    op.drop_constraint(op.f("ck_heartbeats_kind"), "heartbeats")
    op.create_check_constraint(
        op.f("ck_heartbeats_kind"), "heartbeats", "kind IN ('worker', 'relay', 'scheduler', 'web')"
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("most_waiting", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.CheckConstraint(CAUSES, name=op.f("ck_incidents_cause")),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_incidents_ended_at")),
        sa.CheckConstraint("least(most_waiting, returned) >= 0", name=op.f("ck_incidents_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(
        "ux_incidents_open",
        "incidents",
        [sa.text("(true)")],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "health_watch",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_ok", sa.Boolean(), nullable=True),
        sa.Column("told_error", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_health_watch_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_watch")),
    )
