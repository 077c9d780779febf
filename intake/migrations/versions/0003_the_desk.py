"""Create the tables of the desk: claims, notes, messages, drafts, retouches, batches, views, tokens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATUS = (
    "status IN ('received', 'in_review', 'held', 'changes_requested', 'accepted', 'rejected', 'spam', 'published',"
    " 'withdrawn', 'purged')"
)
DECIDED = "NOT (status IN ('accepted', 'published', 'rejected', 'spam')) OR decision_id IS NOT NULL"
SCREENED = (
    "NOT (status IN ('accepted', 'changes_requested', 'held', 'in_review', 'published', 'rejected', 'spam'))"
    " OR screened_at IS NOT NULL"
)
DECISION_CHECKS = {
    "verdict": "verdict IN ('accept', 'reject', 'request_changes', 'hold', 'spam')",
    "state": "state IN ('taken', 'waiting', 'standing', 'undone', 'replaced')",
    "rejection_says_why": "verdict <> 'reject' OR code IS NOT NULL",
    "changes_are_named": "verdict <> 'request_changes' OR message IS NOT NULL",
    "waiting_is_approval": "state <> 'waiting' OR verdict = 'accept'",
    "undone": "(state = 'undone') = (undone_by IS NOT NULL)",
}


def upgrade() -> None:
    op.create_table(
        "replies",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(name) <> '' AND btrim(body) <> ''", name=op.f("ck_replies_words")),
        sa.CheckConstraint(
            "verdict IN ('accept', 'reject', 'request_changes', 'hold', 'spam')",
            name=op.f("ck_replies_verdict"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("verdict", "language", "name", name=op.f("uq_replies_verdict_language_name")),
    )
    op.create_table(
        "batches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('accept', 'reject', 'request_changes', 'hold', 'spam')",
            name=op.f("ck_batches_verdict"),
        ),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_batches_editor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cardinality(scopes) > 0", name=op.f("ck_tokens_scopes")),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("ck_tokens_hash")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_tokens_editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
    )
    op.create_table(
        "views",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("filters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_views_name")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_views_editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_views")),
        sa.UniqueConstraint("editor_id", "name", name=op.f("uq_views_editor_id_name")),
    )
    op.create_table(
        "batch_items",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'refused') = (problem IS NOT NULL)", name=op.f("ck_batch_items_problem")
        ),
        sa.CheckConstraint(
            "outcome IN ('done', 'refused', 'undone', 'waiting')", name=op.f("ck_batch_items_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_batch_items_batch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_batch_items_submission_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "submission_id", name=op.f("pk_batch_items")),
    )
    op.create_index(op.f("ix_batch_items_submission_id"), "batch_items", ["submission_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('decision', 'edit', 'message', 'note')", name=op.f("ck_drafts_kind")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_drafts_editor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_drafts_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("editor_id", "submission_id", "kind", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_submission_id"), "drafts", ["submission_id"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("mentions", sa.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_notes_editor_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_notes_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_submission_id"), "notes", ["submission_id"], unique=False)
    op.create_table(
        "notifications",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('answered', 'mentioned', 'taken_over', 'withdrawn')", name=op.f("ck_notifications_kind")
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_notifications_editor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_notifications_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
    )
    op.create_index(op.f("ix_notifications_submission_id"), "notifications", ["submission_id"], unique=False)
    op.create_index(
        "ix_notifications_unseen",
        "notifications",
        ["editor_id"],
        unique=False,
        postgresql_where="seen_at IS NULL",
    )
    op.create_table(
        "presence",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("doing", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("doing IN ('editing', 'reading')", name=op.f("ck_presence_doing")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_presence_editor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_presence_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("submission_id", "editor_id", name=op.f("pk_presence")),
    )
    op.create_table(
        "retouches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('crop', 'redaction')", name=op.f("ck_retouches_kind")),
        sa.CheckConstraint(
            "state IN ('applied', 'asked', 'failed', 'undone')", name=op.f("ck_retouches_state")
        ),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_retouches_editor_id")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_retouches_photo_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_retouches_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retouches")),
    )
    op.create_index(op.f("ix_retouches_photo_id"), "retouches", ["photo_id"], unique=False)
    op.create_index(op.f("ix_retouches_submission_id"), "retouches", ["submission_id"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("decision_id", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_messages_decision_id")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_messages_editor_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_messages_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_messages_decision_id")),
    )
    op.create_index(op.f("ix_messages_submission_id"), "messages", ["submission_id"], unique=False)
    _decisions_before()
    op.add_column("decisions", sa.Column("approval_id", sa.BigInteger(), nullable=True))
    op.add_column("decisions", sa.Column("batch_id", sa.BigInteger(), nullable=True))
    op.add_column("decisions", sa.Column("settles_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("decisions", sa.Column("undone_by", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_decisions_batch_id"), "decisions", ["batch_id"], unique=False)
    op.create_index(
        "uq_decisions_standing",
        "decisions",
        ["submission_id"],
        unique=True,
        postgresql_where="state = 'standing'",
    )
    op.create_index(
        "uq_decisions_open",
        "decisions",
        ["submission_id"],
        unique=True,
        postgresql_where="state IN ('taken', 'waiting')",
    )
    op.create_foreign_key(op.f("fk_decisions_approval_id"), "decisions", "decisions", ["approval_id"], ["id"])
    op.create_foreign_key(op.f("fk_decisions_undone_by"), "decisions", "editors", ["undone_by"], ["id"])
    op.create_foreign_key(op.f("fk_decisions_batch_id"), "decisions", "batches", ["batch_id"], ["id"])
    _decisions_after()
    op.add_column("editors", sa.Column("shortcuts", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("editors", sa.Column("mail", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("photos", sa.Column("alt", sa.String(), nullable=True))
    op.add_column(
        "photos", sa.Column("graphic", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column(
        "photos", sa.Column("generation", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "photos", sa.Column("crop", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True)
    )
    op.add_column(
        "photos",
        sa.Column("focus", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    )
    op.add_column(
        "revisions",
        sa.Column(
            "details", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.add_column("submissions", sa.Column("settles_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "submissions",
        sa.Column(
            "waiting_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
    )
    op.add_column("submissions", sa.Column("region", sa.String(), nullable=True))
    op.add_column(
        "submissions",
        sa.Column("tags", sa.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column(
        "submissions", sa.Column("photo_count", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "submissions", sa.Column("flagged", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("submissions", sa.Column("claimed_by", sa.BigInteger(), nullable=True))
    op.add_column("submissions", sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("submissions", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("submissions", sa.Column("published_url", sa.String(), nullable=True))
    op.create_index("ix_submissions_waiting", "submissions", ["status", "waiting_since", "id"], unique=False)
    op.create_foreign_key(op.f("fk_submissions_claimed_by"), "submissions", "editors", ["claimed_by"], ["id"])

    op.create_table(
        "answers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("screened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_answers_revision_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_answers_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_submission_id"), "answers", ["submission_id"], unique=False)
    op.drop_constraint(op.f("ck_revisions_edit_has_author"), "revisions", type_="check")
    op.create_check_constraint(
        op.f("ck_revisions_the_first_are_the_contributor_s"), "revisions", "number > 1 OR editor_id IS NULL"
    )
    _photos_after()
    _submissions_after()


def _decisions_before() -> None:
    """Turn the reason of a rejection into its message. The reason code is unknown and becomes "other"."""
    op.add_column("decisions", sa.Column("state", sa.String(), server_default="standing", nullable=False))
    op.alter_column("decisions", "state", server_default=None)
    op.add_column("decisions", sa.Column("code", sa.String(), nullable=True))
    op.add_column("decisions", sa.Column("message", sa.String(), nullable=True))
    op.execute(
        "UPDATE decisions SET message = nullif(reason, ''), code = CASE verdict WHEN 'reject' THEN 'other' END"
    )


def _decisions_after() -> None:
    for name in ("verdict", "reason"):
        op.drop_constraint(op.f(f"ck_decisions_{name}"), "decisions", type_="check")
    op.drop_column("decisions", "reason")
    for name, check in DECISION_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_decisions_{name}"), "decisions", check)


def _photos_after() -> None:
    op.drop_constraint(op.f("ck_photos_purged"), "photos", type_="check")
    op.create_check_constraint(
        op.f("ck_photos_purged"),
        "photos",
        "status <> 'purged' OR num_nonnulls(caption, credit, alt, dhash) = 0",
    )
    op.drop_constraint(op.f("uq_photos_submission_id_position"), "photos", type_="unique")
    op.create_unique_constraint(
        op.f("uq_photos_submission_id_position"),
        "photos",
        ["submission_id", "position"],
        deferrable=True,
        initially="DEFERRED",
    )


def _submissions_after() -> None:
    """Fill the new columns of existing submissions from their timestamps and photos."""
    op.execute(
        "UPDATE submissions SET waiting_since = coalesce(screened_at, received_at),"
        " published_at = CASE status WHEN 'published' THEN coalesce(screened_at, received_at) END,"
        " photo_count = (SELECT count(*) FROM photos WHERE submission_id = submissions.id AND status = 'clean'),"
        " flagged = EXISTS (SELECT FROM photos WHERE submission_id = submissions.id AND status = 'refused')"
    )
    for name in ("status", "decided", "screened"):
        op.drop_constraint(op.f(f"ck_submissions_{name}"), "submissions", type_="check")
    for name, check in {
        "status": STATUS,
        "decided": DECIDED,
        "screened": SCREENED,
        "claim": "num_nonnulls(claimed_by, claimed_until) <> 1",
        "settles": "settles_at IS NULL OR decision_id IS NOT NULL",
        "published": "status <> 'published' OR published_at IS NOT NULL",
        "photo_count": "photo_count >= 0",
    }.items():
        op.create_check_constraint(op.f(f"ck_submissions_{name}"), "submissions", check)
