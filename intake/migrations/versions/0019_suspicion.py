"""Add the lane of suspicious submissions, and the tables by which they are noticed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

LANE = (
    "CASE WHEN settles_at IS NOT NULL THEN 'machine'"
    " WHEN suspected AND status IN ('in_review') THEN 'suspicious'"
    " WHEN status IN ('in_review', 'held') THEN 'ours'"
    " WHEN status IN ('changes_requested') THEN 'theirs'"
    " WHEN status IN ('received') THEN 'machine'"
    " WHEN status IN ('accepted', 'rejected', 'published', 'spam', 'withdrawn') THEN 'done' END"
)
# Indexes that PostgreSQL drops with the column `lane`: name → (columns, condition on the rows).
INDEXES = {
    "waiting": (["lane", "waiting_since", "arrival"], None),
    "lane": (["lane", "received_at", "arrival"], None),
    "all": (["received_at", "arrival"], "lane IS NOT NULL"),
}
PURGED = (
    "status <> 'purged' OR (num_nonnulls(wrapped_key, contact, print_name, region, published_url, embargo_until) = 0"
    " AND tags = '{}' AND signals = '{}' AND NOT has_document)"
)
GRAIN = "date_bin('24 hours', now(), '2000-01-01 00:00:00+00')"


def upgrade() -> None:
    op.add_column(
        "submissions", sa.Column("suspected", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column(
        "submissions",
        sa.Column("signals", postgresql.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.drop_constraint(op.f("ck_submissions_purged"), "submissions")
    op.create_check_constraint(op.f("ck_submissions_purged"), "submissions", PURGED)
    op.drop_column("submissions", "lane")
    op.add_column("submissions", sa.Column("lane", sa.String(), sa.Computed(LANE, persisted=True)))
    for name, (columns, where) in INDEXES.items():
        op.create_index(
            f"ix_submissions_{name}",
            "submissions",
            columns,
            postgresql_where=sa.text(where) if where else None,
        )
    _create_tables()


def _create_tables() -> None:
    op.create_table(
        "recent_texts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text(GRAIN), nullable=False),
        sa.Column("exact", sa.LargeBinary(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recent_texts")),
    )
    op.create_table(
        "hourly_counts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("id IN (1, 2)", name=op.f("ck_hourly_counts_kinds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hourly_counts")),
    )
    op.create_table(
        "phrase_lists",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_phrase_lists_number")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_phrase_lists_editor_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_phrase_lists")),
    )
