"""Add assignments of submissions, reading links for guests, and the sections and languages of mails."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

PURGED = (
    "status <> 'purged' OR (num_nonnulls(wrapped_key, contact, print_name, region, published_url, embargo_until,"
    " assigned_to, due_at) = 0 AND tags = '{}' AND signals = '{}' AND NOT has_document AND priority = 'normal')"
)
NOTIFICATIONS = (
    "kind IN ('answered', 'assigned', 'guest_note', 'mentioned', 'overruled', 'taken_over', 'withdrawn')"
)


def upgrade() -> None:
    _assignments()
    _reading_links()
    for name in ("mail_sections", "mail_languages"):
        op.add_column("editors", sa.Column(name, sa.ARRAY(sa.String()), server_default="{}", nullable=False))
    op.add_column("editors", sa.Column("digested_arrival", sa.BigInteger()))


def _assignments() -> None:
    op.add_column("submissions", sa.Column("assigned_to", sa.BigInteger()))
    op.add_column("submissions", sa.Column("due_at", sa.DateTime(timezone=True)))
    op.add_column("submissions", sa.Column("priority", sa.String(), server_default="normal", nullable=False))
    op.create_foreign_key(
        op.f("fk_submissions_assigned_to"), "submissions", "editors", ["assigned_to"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_submissions_priority"), "submissions", "priority IN ('normal', 'high')"
    )
    op.drop_constraint(op.f("ck_submissions_purged"), "submissions")
    op.create_check_constraint(op.f("ck_submissions_purged"), "submissions", PURGED)
    op.create_index(
        "ix_submissions_assigned",
        "submissions",
        ["assigned_to"],
        postgresql_where=sa.text("assigned_to IS NOT NULL"),
    )
    op.create_index(
        "ix_submissions_due",
        "submissions",
        ["due_at", "arrival"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_constraint(op.f("ck_notifications_kind"), "notifications")
    op.create_check_constraint(op.f("ck_notifications_kind"), "notifications", NOTIFICATIONS)


def _reading_links() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "reading_links",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("cookie_hash", sa.LargeBinary(), nullable=True),
        sa.Column("shows_photos", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("allows_download", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        *(
            sa.Column(name, moment, nullable=True)
            for name in ("opened_at", "visited_at", "refused_at", "withdrawn_at")
        ),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_reading_links_name")),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("ck_reading_links_hash")),
        sa.CheckConstraint("octet_length(cookie_hash) = 32", name=op.f("ck_reading_links_cookie_hash")),
        sa.CheckConstraint(
            "(opened_at IS NULL) = (cookie_hash IS NULL)", name=op.f("ck_reading_links_opened")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_reading_links_submission_id")
        ),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_reading_links_editor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_links")),
        sa.UniqueConstraint("hash", name=op.f("uq_reading_links_hash")),
    )
    op.create_index(op.f("ix_reading_links_submission_id"), "reading_links", ["submission_id"])
    _link_keys()
    op.alter_column("notes", "editor_id", nullable=True)
    op.add_column("notes", sa.Column("link_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_notes_link_id"), "notes", "reading_links", ["link_id"], ["id"])
    op.create_index(op.f("ix_notes_link_id"), "notes", ["link_id"])
    op.create_check_constraint(op.f("ck_notes_author"), "notes", "num_nonnulls(editor_id, link_id) = 1")


def _link_keys() -> None:
    op.create_table(
        "link_keys",
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(wrapped) = 60", name=op.f("ck_link_keys_wrapped")),
        sa.ForeignKeyConstraint(["link_id"], ["reading_links.id"], name=op.f("fk_link_keys_link_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_link_keys_submission_id")
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_link_keys")),
    )
    op.create_index(op.f("ix_link_keys_submission_id"), "link_keys", ["submission_id"])
