"""Add sessions, live streams, expiry of tokens, and deleted accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

END_REASONS = "'logged_out', 'ended', 'password', 'switched_off', 'reset', 'deleted'"


def upgrade() -> None:
    op.add_column("editors", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_editors_deleted"), "editors", "deleted_at IS NULL OR (NOT active AND password IS NULL)"
    )
    # Tokens from before the upgrade live as long as new ones do by default.
    op.add_column(
        "tokens",
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now() + interval '90 days'"),
            nullable=False,
        ),
    )
    op.alter_column("tokens", "expires_at", server_default=None)
    op.execute("UPDATE tokens SET used_at = date_trunc('day', used_at, 'UTC')")
    _create_tables()


def _create_tables() -> None:
    editor = ["editors.id"]
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint(f"end_reason IN ({END_REASONS})", name=op.f("ck_sessions_end_reason")),
        sa.CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name=op.f("ck_sessions_ended")),
        sa.ForeignKeyConstraint(
            ["editor_id"], editor, name=op.f("fk_sessions_editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(
        "ix_sessions_open", "sessions", ["editor_id"], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "live_streams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "opened_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], editor, name=op.f("fk_live_streams_editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_streams")),
    )
    op.create_index(op.f("ix_live_streams_editor_id"), "live_streams", ["editor_id"])
