"""Add legal holds, periods of the retention, and counts of deletions."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("btrim(reason) <> ''", name=op.f("ck_legal_holds_reason")),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_legal_holds_confirmed")
        ),
        sa.CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name=op.f("ck_legal_holds_ended")),
        sa.CheckConstraint("confirmed_by <> asked_by", name=op.f("ck_legal_holds_two_people")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_legal_holds_submission_id")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["editors.id"], name=op.f("fk_legal_holds_asked_by")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["editors.id"], name=op.f("fk_legal_holds_confirmed_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["editors.id"], name=op.f("fk_legal_holds_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(op.f("ix_legal_holds_submission_id"), "legal_holds", ["submission_id"])
    op.create_index(
        "uq_legal_holds_asked",
        "legal_holds",
        ["submission_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NULL AND ended_at IS NULL"),
    )
    op.create_table(
        "retention_steps",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_retention_steps_days")),
        sa.PrimaryKeyConstraint("rule", "section", "days", name=op.f("pk_retention_steps")),
    )
    op.create_table(
        "deletion_counts",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("scope IN ('submission', 'contact')", name=op.f("ck_deletion_counts_scope")),
        sa.CheckConstraint("count > 0", name=op.f("ck_deletion_counts_count")),
        sa.PrimaryKeyConstraint("month", "status", "section", "scope", name=op.f("pk_deletion_counts")),
    )
