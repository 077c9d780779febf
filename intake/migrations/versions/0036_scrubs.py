"""Add deletions and scrubs, keep words out of the statistics, and let receipts and consent of purged submissions be forgotten."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

# Columns that may hold words, names or keys of submissions. ANALYZE would copy samples of them into pg_statistic.
WORDS = {
    "answers": ("sealed", "token_hash"),
    "checklist_ticks": ("point",),
    "decisions": ("message",),
    "drafts": ("fields",),
    "face_searches": ("areas",),
    "link_keys": ("wrapped",),
    "messages": ("body", "token_hash"),
    "notes": ("body",),
    "photos": (
        "original_key", "full_key", "web_key", "thumb_key", "caption", "credit", "alt", "crop", "focus", "removed",
        "notes", "reason",
    ),
    "publication_notes": ("body",),
    "reading_links": ("name", "hash", "cookie_hash"),
    "retouches": ("what",),
    "revisions": ("sealed", "title", "html", "note", "report", "details"),
    "search_entries": ("terms",),
    "submission_keys": ("wrapped",),
    "submissions": (
        "print_name", "contact", "region", "tags", "published_url", "signals", "receipt_hash", "consent_text",
        "consent_version", "consent_language",
    ),
}  # fmt: skip
PURGED = (
    "status <> 'purged' OR (num_nonnulls(contact, print_name, region, published_url, embargo_until,"
    " assigned_to, due_at) = 0 AND tags = '{}' AND signals = '{}' AND NOT has_document AND priority = 'normal'"
    " AND concat(consent_version, consent_language, consent_text) = '')"
)
RECEIPT = "CASE WHEN receipt_hash IS NULL THEN status = 'purged' ELSE octet_length(receipt_hash) = 32 END"


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletions")),
    )
    op.create_table(
        "scrubs",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problems", JSONB(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_scrubs_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrubs")),
    )
    # Whatever was deleted before is scrubbed, too.
    op.execute("INSERT INTO deletions DEFAULT VALUES")
    op.drop_constraint(op.f("ck_submissions_purged"), "submissions", type_="check")
    op.drop_constraint(op.f("ck_submissions_receipt_hash"), "submissions", type_="check")
    op.execute(
        "UPDATE submissions SET consent_version = '', consent_language = '', consent_text = '' WHERE status = 'purged'"
    )
    # An UPDATE leaves work for the end of the transaction, and the table cannot be altered before.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.alter_column("submissions", "receipt_hash", nullable=True)
    op.create_check_constraint(op.f("ck_submissions_purged"), "submissions", PURGED)
    op.create_check_constraint(op.f("ck_submissions_receipt_hash"), "submissions", RECEIPT)
    for table, columns in WORDS.items():
        for column in columns:
            _forget_statistics(table, column)
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


STORAGE = {"p": "PLAIN", "e": "EXTERNAL", "m": "MAIN", "x": "EXTENDED"}


def _forget_statistics(table: str, column: str) -> None:
    """Delete what ANALYZE stored about a column. A change of the type does so, even to the same type.

    It resets the storage, which is therefore set again.
    """
    query = sa.text(
        "SELECT format_type(atttypid, atttypmod), CAST(attstorage AS text) FROM pg_attribute"
        " WHERE attrelid = CAST(:table AS regclass) AND attname = :column"
    )
    kind, storage = op.get_bind().execute(query, {"table": table, "column": column}).one()
    op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}")
    op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {STORAGE[storage]}")
