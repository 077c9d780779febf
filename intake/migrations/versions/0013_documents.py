"""Add the column `has_document` of submissions. It is false once a submission is purged."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PURGED = (
    "status <> 'purged' OR (num_nonnulls(wrapped_key, contact, print_name, region, published_url, embargo_until) = 0"
    " AND tags = '{}' AND NOT has_document)"
)


def upgrade() -> None:
    """Add the column and an index for the few that wait. No submission has a document yet."""
    op.add_column(
        "submissions", sa.Column("has_document", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.drop_constraint(op.f("ck_submissions_purged"), "submissions")
    op.create_check_constraint(op.f("ck_submissions_purged"), "submissions", PURGED)
    op.create_index("ix_submissions_document", "submissions", ["id"], postgresql_where="has_document")
