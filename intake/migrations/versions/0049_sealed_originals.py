"""Add sealed originals, shares of their keys, and openings."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

# Keys of originals. ANALYZE would copy samples of them into pg_statistic.
SECRETS = {
    "holder_keys": ("public", "salt", "sealed_private"),
    "original_shares": ("first_share", "second_share"),
    "opening_shares": ("wrapped",),
    "openings": ("reason",),
}
PURGED_PHOTO = (
    "status <> 'purged' OR (num_nonnulls(caption, credit, alt, crop, focus, format, width, height,"
    " original_until) = 0 AND removed = '{}' AND notes = '{}')"
)
PURGED = (
    "status <> 'purged' OR (num_nonnulls(contact, print_name, region, region_term, published_url, embargo_until,"
    " original_days, assigned_to, due_at) = 0 AND octet_length(tags) = 0 AND tag_terms = '{}' AND signals = '{}'"
    " AND NOT has_document AND priority = 'normal' AND concat(consent_version, consent_language, consent_text) = '')"
)
STATES = "state IN ('asked', 'called_off', 'ended', 'lapsed', 'open', 'refused')"


def upgrade() -> None:
    op.add_column(
        "editors", sa.Column("holds_originals", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("photos", sa.Column("original_until", sa.Date(), nullable=True))
    op.drop_constraint(op.f("ck_photos_purged"), "photos", type_="check")
    op.create_check_constraint(op.f("ck_photos_purged"), "photos", PURGED_PHOTO)
    op.add_column("submissions", sa.Column("original_days", sa.Integer(), nullable=True))
    op.drop_constraint(op.f("ck_submissions_purged"), "submissions", type_="check")
    op.create_check_constraint(op.f("ck_submissions_purged"), "submissions", PURGED)
    op.create_check_constraint(
        op.f("ck_submissions_original_days"), "submissions", "original_days BETWEEN 1 AND 90"
    )
    op.drop_constraint(op.f("ck_deletion_counts_scope"), "deletion_counts", type_="check")
    op.create_check_constraint(
        op.f("ck_deletion_counts_scope"), "deletion_counts", "scope IN ('submission', 'contact', 'original')"
    )
    _create_keys()
    _create_openings()
    for table, columns in SECRETS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
    op.execute("ALTER TABLE openings ALTER COLUMN reason SET STORAGE EXTERNAL")


def _create_keys() -> None:
    op.create_table(
        "holder_keys",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_private", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "octet_length(public) = 32 AND octet_length(salt) = 16", name=op.f("ck_holder_keys_lengths")
        ),
        sa.CheckConstraint("octet_length(sealed_private) = 60", name=op.f("ck_holder_keys_sealed_private")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_holder_keys_editor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holder_keys")),
        sa.UniqueConstraint("editor_id", name=op.f("uq_holder_keys_editor_id")),
    )
    op.create_table(
        "sealed_originals",
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_sealed_originals_number")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_sealed_originals_photo_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_sealed_originals_submission_id")
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_sealed_originals")),
    )
    op.create_index(op.f("ix_sealed_originals_submission_id"), "sealed_originals", ["submission_id"])
    op.create_index(op.f("ix_sealed_originals_until"), "sealed_originals", ["until"])
    op.create_table(
        "original_shares",
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("second_id", sa.BigInteger(), nullable=False),
        sa.Column("first_share", sa.LargeBinary(), nullable=False),
        sa.Column("second_share", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "octet_length(first_share) = 80 AND octet_length(second_share) = 80",
            name=op.f("ck_original_shares_lengths"),
        ),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_original_shares_two_people")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["sealed_originals.photo_id"], name=op.f("fk_original_shares_photo_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["holder_keys.id"], name=op.f("fk_original_shares_first_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["holder_keys.id"], name=op.f("fk_original_shares_second_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", "first_id", "second_id", name=op.f("pk_original_shares")),
    )  # fmt: skip


def _create_openings() -> None:
    op.create_table(
        "openings",
        # Words are bound to the number of their row, which is taken before they are written.
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_openings_state")),
        sa.CheckConstraint("octet_length(reason) > 0", name=op.f("ck_openings_reason")),
        sa.CheckConstraint("answered_by <> asked_by", name=op.f("ck_openings_two_people")),
        sa.CheckConstraint(
            "(answered_by IS NULL) = (answered_at IS NULL)", name=op.f("ck_openings_answered")
        ),
        sa.CheckConstraint(
            "state NOT IN ('open', 'ended', 'refused') OR answered_by IS NOT NULL",
            name=op.f("ck_openings_second"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_openings_submission_id")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["editors.id"], name=op.f("fk_openings_asked_by")),
        sa.ForeignKeyConstraint(["answered_by"], ["editors.id"], name=op.f("fk_openings_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
    )
    op.create_index(op.f("ix_openings_submission_id"), "openings", ["submission_id"])
    op.create_index(
        "uq_openings_active",
        "openings",
        ["submission_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'open')"),
    )
    op.create_table(
        "opening_shares",
        sa.Column("opening_id", sa.BigInteger(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.BigInteger(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(wrapped) = 80", name=op.f("ck_opening_shares_wrapped")),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["openings.id"], name=op.f("fk_opening_shares_opening_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["sealed_originals.photo_id"], name=op.f("fk_opening_shares_photo_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["holder_keys.id"], name=op.f("fk_opening_shares_holder_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("opening_id", "photo_id", "holder_id", name=op.f("pk_opening_shares")),
    )  # fmt: skip
