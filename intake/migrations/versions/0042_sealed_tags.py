"""Store tags and regions sealed, with keyed hashes by which they are found. `transom migrate` then seals existing ones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

PURGED = (
    "status <> 'purged' OR (num_nonnulls(contact, print_name, region, region_term, published_url, embargo_until,"
    " assigned_to, due_at) = 0 AND octet_length(tags) = 0 AND tag_terms = '{}' AND signals = '{}' AND NOT has_document"
    " AND priority = 'normal' AND concat(consent_version, consent_language, consent_text) = '')"
)


def upgrade() -> None:
    op.drop_constraint(op.f("ck_submissions_purged"), "submissions", type_="check")
    op.drop_index("ix_submissions_region", "submissions")
    op.drop_index("ix_submissions_tags", "submissions")
    op.add_column("submissions", sa.Column("region_term", sa.BigInteger(), nullable=True))
    op.add_column(
        "submissions",
        sa.Column("tag_terms", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
    )
    op.execute("ALTER TABLE submissions ALTER COLUMN tags DROP DEFAULT")
    # A zero byte marks words in clear.
    op.execute(
        "ALTER TABLE submissions ALTER COLUMN region TYPE bytea USING '\\x00'::bytea || convert_to(region, 'UTF8'),"
        " ALTER COLUMN tags TYPE bytea USING CASE WHEN tags = '{}' THEN ''::bytea"
        " ELSE '\\x00'::bytea || convert_to(array_to_json(tags)::text, 'UTF8') END"
    )
    op.execute("ALTER TABLE submissions ALTER COLUMN tags SET DEFAULT ''")
    for column in ("region", "tags"):
        # Sealed words do not compress, and nothing can be learnt from their statistics.
        op.execute(f"ALTER TABLE submissions ALTER COLUMN {column} SET STORAGE EXTERNAL")
        op.execute(f"ALTER TABLE submissions ALTER COLUMN {column} SET STATISTICS 0")
    op.create_check_constraint(op.f("ck_submissions_purged"), "submissions", PURGED)
    op.create_index(
        "ix_submissions_region",
        "submissions",
        ["region_term", "received_at", "arrival"],
        postgresql_where=sa.text("region_term IS NOT NULL"),
    )
    op.create_index("ix_submissions_tags", "submissions", ["tag_terms"], postgresql_using="gin")
    op.execute(
        "INSERT INTO clear_words (name) SELECT 'submissions' WHERE EXISTS (SELECT FROM submissions) ON CONFLICT DO NOTHING"
    )
