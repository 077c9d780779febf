"""Store keyed search terms. `transom migrate` then replaces terms in clear, while everything runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_keys",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "number >= 0 AND (number = 0) = (salt IS NULL) AND octet_length(salt) = 32",
            name=op.f("ck_search_keys_salt"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_keys")),
    )
    # Bucket 0: words in clear, which have positions and need no links. With a default, the table is not rewritten.
    for column in (
        sa.Column("bucket", sa.Integer(), server_default="0", nullable=False),
        sa.Column("links", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False),
    ):
        op.add_column("search_entries", column)
        op.alter_column("search_entries", column.name, server_default=None)
    op.execute("ALTER TABLE search_entries ALTER COLUMN links SET STORAGE EXTERNAL")
    # Links are compared within a submission, so the planner needs no statistics of them.
    op.execute("ALTER TABLE search_entries ALTER COLUMN links SET STATISTICS 0")
    op.create_check_constraint(op.f("ck_search_entries_bucket"), "search_entries", "bucket >= 0")
    op.execute("INSERT INTO search_keys (number) SELECT 0 WHERE EXISTS (SELECT FROM search_entries)")
