"""Add the lanes of the queue, its indexes, and the search index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LANE = (
    "CASE WHEN settles_at IS NOT NULL THEN 'machine'"
    " WHEN status IN ('in_review', 'held') THEN 'ours'"
    " WHEN status IN ('changes_requested') THEN 'theirs'"
    " WHEN status IN ('received') THEN 'machine'"
    " WHEN status IN ('accepted', 'rejected', 'published', 'spam', 'withdrawn') THEN 'done' END"
)
# Index name → (columns, condition on the rows).
INDEXES = {
    "waiting": (["lane", "waiting_since", "id"], None),
    "lane": (["lane", "received_at", "id"], None),
    "all": (["received_at", "id"], "lane IS NOT NULL"),
    "section": (["section", "received_at", "id"], None),
    "language": (["language", "received_at", "id"], None),
    "region": (["region", "received_at", "id"], "region IS NOT NULL"),
    "flagged": (["received_at", "id"], "flagged"),
    "claimed": (["claimed_by"], "claimed_by IS NOT NULL"),
}


def upgrade() -> None:
    op.add_column("submissions", sa.Column("lane", sa.String(), sa.Computed(LANE, persisted=True)))
    op.drop_index("ix_submissions_waiting", "submissions")
    for name, (columns, where) in INDEXES.items():
        op.create_index(f"ix_submissions_{name}", "submissions", columns, postgresql_where=where)
    op.create_index("ix_submissions_tags", "submissions", ["tags"], postgresql_using="gin")
    op.create_table(
        "search_entries",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("terms", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_search_entries_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_search_entries")),
    )
    op.execute("ALTER TABLE search_entries SET (toast_tuple_target = 128)")
    op.execute("ALTER TABLE search_entries ALTER COLUMN terms SET STORAGE EXTERNAL")
    # The default statistics cover only the most common words. For other words, the planner would guess.
    op.execute("ALTER TABLE search_entries ALTER COLUMN terms SET STATISTICS 1000")
    # Without terms. `transom migrate` adds them, after migration 0039.
    op.execute(
        "INSERT INTO search_entries SELECT id, received_at, '' FROM submissions WHERE status <> 'purged'"
    )
    op.create_index(
        "ix_search_entries_terms",
        "search_entries",
        ["terms"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
