"""Add the column `embargo_until` of submissions. A purge empties the column."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PURGED = (
    "status <> 'purged' OR (num_nonnulls(wrapped_key, contact, print_name, region, published_url, embargo_until) = 0"
    " AND tags = '{}')"
)


def upgrade() -> None:
    """Add the column. No submission has an embargo yet."""
    op.add_column("submissions", sa.Column("embargo_until", sa.DateTime(timezone=True)))
    op.drop_constraint(op.f("ck_submissions_purged"), "submissions")
    op.create_check_constraint(op.f("ck_submissions_purged"), "submissions", PURGED)
