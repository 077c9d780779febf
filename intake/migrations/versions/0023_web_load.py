"""Add the load of web processes, and what the web server refused."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

EVENTS = (
    "event IN ('body_too_slow', 'upload_cut_off', 'no_thread', 'headers_too_slow', 'connection_closed', 'login_throttled',"
    " 'stream_closed')"
)
COUNTS = ("uploads", "upload_places", "waiting", "connections", "connection_places")


def upgrade() -> None:
    op.create_table(
        "web_loads",
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.CheckConstraint(f"least({', '.join(COUNTS)}) >= 0", name=op.f("ck_web_loads_counts")),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_web_loads")),
    )
    op.create_table(
        "web_totals",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(EVENTS, name=op.f("ck_web_totals_event")),
        sa.CheckConstraint("count > 0", name=op.f("ck_web_totals_count")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_web_totals")),
    )
