"""Create the first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "editors",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_editors_email")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editors")),
        sa.UniqueConstraint("email", name=op.f("uq_editors_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_editors_fs_uniquifier")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("kind IN ('worker', 'relay', 'scheduler')", name=op.f("ck_heartbeats_kind")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "roles",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("name IN ('editor', 'chief', 'admin')", name=op.f("ck_roles_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("name", name=op.f("uq_roles_name")),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("print_name", sa.String(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("screened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "NOT (status IN ('accepted', 'published', 'rejected')) OR decision_id IS NOT NULL",
            name=op.f("ck_submissions_decided"),
        ),
        sa.CheckConstraint(
            "status <> 'purged' OR (wrapped_key IS NULL AND contact IS NULL AND print_name IS NULL)",
            name=op.f("ck_submissions_purged"),
        ),
        sa.CheckConstraint(
            "NOT (status IN ('accepted', 'changes_requested', 'in_review', 'published', 'rejected')) OR screened_at IS NOT NULL",
            name=op.f("ck_submissions_screened"),
        ),
        sa.CheckConstraint("status = 'purged' OR wrapped_key IS NOT NULL", name=op.f("ck_submissions_key")),
        sa.CheckConstraint("octet_length(receipt_hash) = 32", name=op.f("ck_submissions_receipt_hash")),
        sa.CheckConstraint("version > 0", name=op.f("ck_submissions_version")),
        sa.CheckConstraint(
            "status IN ('received', 'in_review', 'changes_requested', 'accepted', 'rejected', 'published', 'withdrawn', 'purged')",
            name=op.f("ck_submissions_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_submissions_receipt_hash")),
    )
    op.create_index("ix_submissions_queue", "submissions", ["status", "received_at", "id"], unique=False)
    op.create_table(
        "editor_roles",
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_editor_roles_editor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_editor_roles_role_id")),
        sa.PrimaryKeyConstraint("editor_id", "role_id", name=op.f("pk_editor_roles")),
    )
    op.create_table(
        "photos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("original_key", sa.String(), nullable=True),
        sa.Column("full_key", sa.String(), nullable=True),
        sa.Column("web_key", sa.String(), nullable=True),
        sa.Column("thumb_key", sa.String(), nullable=True),
        sa.Column("caption", sa.String(), nullable=True),
        sa.Column("credit", sa.String(), nullable=True),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("dhash", sa.String(), nullable=True),
        sa.Column("removed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(full_key, web_key, thumb_key) = CASE status WHEN 'clean' THEN 3 ELSE 0 END",
            name=op.f("ck_photos_clean"),
        ),
        sa.CheckConstraint(
            "status <> 'clean' OR num_nonnulls(format, width, height, dhash) = 4",
            name=op.f("ck_photos_clean_is_described"),
        ),
        sa.CheckConstraint(
            "status <> 'purged' OR num_nonnulls(caption, credit, dhash) = 0", name=op.f("ck_photos_purged")
        ),
        sa.CheckConstraint("position > 0 AND width > 0 AND height > 0", name=op.f("ck_photos_counts")),
        sa.CheckConstraint(
            "(status = 'received') = (original_key IS NOT NULL)", name=op.f("ck_photos_original")
        ),
        sa.CheckConstraint("(status = 'refused') = (reason IS NOT NULL)", name=op.f("ck_photos_refused")),
        sa.CheckConstraint(
            "status IN ('received', 'clean', 'refused', 'purged')", name=op.f("ck_photos_status")
        ),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_photos_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("submission_id", "position", name=op.f("uq_photos_submission_id_position")),
    )
    op.create_index(op.f("ix_photos_submission_id"), "photos", ["submission_id"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(number = 0) = (html IS NULL) AND (number = 0) = (title IS NULL)",
            name=op.f("ck_revisions_clean_is_shown"),
        ),
        sa.CheckConstraint("(number = 0) = (sealed IS NOT NULL)", name=op.f("ck_revisions_raw_is_sealed")),
        sa.CheckConstraint("number < 2 OR editor_id IS NOT NULL", name=op.f("ck_revisions_edit_has_author")),
        sa.CheckConstraint("number >= 0 AND words >= 0", name=op.f("ck_revisions_counts")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_revisions_editor_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_revisions_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("submission_id", "number", name=op.f("uq_revisions_submission_id_number")),
    )
    op.create_index(op.f("ix_revisions_submission_id"), "revisions", ["submission_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("verdict <> 'reject' OR btrim(reason) <> ''", name=op.f("ck_decisions_reason")),
        sa.CheckConstraint("verdict IN ('accept', 'reject')", name=op.f("ck_decisions_verdict")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_decisions_editor_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_decisions_revision_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_decisions_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_submission_id"), "decisions", ["submission_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_events_editor_id")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_events_photo_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_events_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_submission_id"), "events", ["submission_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("traceback", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('sent', 'running')) = (lease_until IS NOT NULL)", name=op.f("ck_jobs_lease")
        ),
        sa.CheckConstraint("status <> 'dead' OR error IS NOT NULL", name=op.f("ck_jobs_dead_says_why")),
        sa.CheckConstraint(
            "status <> 'running' OR num_nonnulls(worker, started_at) = 2", name=op.f("ck_jobs_running")
        ),
        sa.CheckConstraint(
            "status NOT IN ('done', 'dead') OR finished_at IS NOT NULL", name=op.f("ck_jobs_finished")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_jobs_attempts")),
        sa.CheckConstraint(
            "status IN ('pending', 'sent', 'running', 'done', 'dead')", name=op.f("ck_jobs_status")
        ),
        sa.CheckConstraint(
            "(event_id IS NULL) <> (slot IS NULL)", name=op.f("ck_jobs_started_by_event_or_clock")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_jobs_event_id")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_jobs_photo_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_jobs_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("event_id", "kind", name=op.f("uq_jobs_event_id_kind")),
        sa.UniqueConstraint("slot", name=op.f("uq_jobs_slot")),
    )
    op.create_index("ix_jobs_due", "jobs", ["status", "run_at"], unique=False)
    op.create_index(op.f("ix_jobs_submission_id"), "jobs", ["submission_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_submissions_decision_id"), "submissions", "decisions", ["decision_id"], ["id"]
    )
    op.bulk_insert(
        sa.table("roles", sa.column("name", sa.String)),
        [{"name": name} for name in ("editor", "chief", "admin")],
    )
