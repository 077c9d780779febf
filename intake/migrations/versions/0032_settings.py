"""Add versions of the settings, logos, and test messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setting_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("choices", JSONB(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=True),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_setting_versions_number")),
        sa.CheckConstraint(
            "source IN ('page', 'assistant', 'command', 'restored')", name=op.f("ck_setting_versions_source")
        ),
        sa.CheckConstraint("restored < number", name=op.f("ck_setting_versions_restored")),
        sa.CheckConstraint(
            "(restored IS NOT NULL) = (source = 'restored')", name=op.f("ck_setting_versions_source_restored")
        ),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_setting_versions_editor_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_setting_versions")),
    )
    op.create_table(
        "logos",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_logos_digest")),
        sa.CheckConstraint("format IN ('jpeg', 'png', 'webp', 'gif')", name=op.f("ck_logos_format")),
        sa.CheckConstraint("octet_length(content) > 0", name=op.f("ck_logos_content")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_logos")),
    )
    op.create_table(
        "mail_tests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_mail_tests_editor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_tests")),
    )
