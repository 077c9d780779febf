"""Add the lane "To publish", retractions, corrections, checklists, and links between translations."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

LANE = (
    "CASE WHEN settles_at IS NOT NULL THEN 'machine'"
    " WHEN suspected AND status IN ('in_review') THEN 'suspicious'"
    " WHEN status IN ('in_review', 'held') THEN 'ours'"
    " WHEN status IN ('changes_requested') THEN 'theirs'"
    " WHEN status IN ('received') THEN 'machine'"
    " WHEN status IN ('accepted', 'published', 'retracted') THEN 'publishing'"
    " WHEN status IN ('rejected', 'spam', 'withdrawn') THEN 'done' END"
)
# Indexes that PostgreSQL drops with the column `lane`: name → (columns, condition on the rows).
INDEXES = {
    "waiting": (["lane", "waiting_since", "arrival"], None),
    "lane": (["lane", "received_at", "arrival"], None),
    "all": (["received_at", "arrival"], "lane IS NOT NULL"),
}
STATUSES = (
    "status IN ('draft', 'received', 'in_review', 'held', 'changes_requested', 'accepted', 'rejected', 'spam',"
    " 'published', 'retracted', 'withdrawn', 'purged')"
)
DECIDED = (
    "NOT (status IN ('accepted', 'published', 'rejected', 'retracted', 'spam')) OR decision_id IS NOT NULL"
)
SCREENED = (
    "NOT (status IN ('accepted', 'changes_requested', 'held', 'in_review', 'published', 'rejected', 'retracted', 'spam'))"
    " OR screened_at IS NOT NULL"
)
CHECKS = {
    "status": STATUSES,
    "decided": DECIDED,
    "screened": SCREENED,
    "published": "status NOT IN ('published', 'retracted') OR published_at IS NOT NULL",
}


def upgrade() -> None:
    for name, rule in CHECKS.items():
        op.drop_constraint(op.f(f"ck_submissions_{name}"), "submissions")
        op.create_check_constraint(op.f(f"ck_submissions_{name}"), "submissions", rule)
    op.add_column("submissions", sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_submissions_corrected"), "submissions", "corrected_at IS NULL OR published_at IS NOT NULL"
    )
    op.drop_column("submissions", "lane")
    op.add_column("submissions", sa.Column("lane", sa.String(), sa.Computed(LANE, persisted=True)))
    for name, (columns, where) in INDEXES.items():
        op.create_index(
            f"ix_submissions_{name}",
            "submissions",
            columns,
            postgresql_where=sa.text(where) if where else None,
        )
    for name, column in {"embargo": "embargo_until", "published": "published_at"}.items():
        op.create_index(
            f"ix_submissions_{name}",
            "submissions",
            [column],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    _create_tables()


def _create_tables() -> None:
    op.create_table(
        "checklist_ticks",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f("ck_checklist_ticks_revision")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_checklist_ticks_editor_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_checklist_ticks_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", "point", name=op.f("pk_checklist_ticks")),
    )
    op.create_table(
        "publication_notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('correction', 'retraction', 'checklist')", name=op.f("ck_publication_notes_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'correction') = (dated IS NOT NULL)", name=op.f("ck_publication_notes_dated")
        ),
        sa.CheckConstraint("btrim(body) <> ''", name=op.f("ck_publication_notes_body")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_publication_notes_editor_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_publication_notes_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_notes")),
    )
    op.create_index(op.f("ix_publication_notes_submission_id"), "publication_notes", ["submission_id"])
    op.create_table(
        "translation_links",
        sa.Column("translation_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("source_revision", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("source_revision > 0", name=op.f("ck_translation_links_source_revision")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_translation_links_editor_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["submissions.id"], name=op.f("fk_translation_links_source_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["translation_id"],
            ["submissions.id"],
            name=op.f("fk_translation_links_translation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("translation_id", name=op.f("pk_translation_links")),
    )
    op.create_index(op.f("ix_translation_links_source_id"), "translation_links", ["source_id"])
