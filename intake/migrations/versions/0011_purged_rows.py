"""Forbid a contributor's data in purged rows, and delete the messages of finished batches."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CHECKS = (
    (
        "submissions",
        "status <> 'purged' OR (num_nonnulls(wrapped_key, contact, print_name, region, published_url) = 0 AND tags = '{}')",
    ),
    (
        "photos",
        "status <> 'purged' OR (num_nonnulls(caption, credit, alt, dhash, crop, focus) = 0 AND removed = '{}')",
    ),
)


def upgrade() -> None:
    """Empty these columns of rows purged earlier, since no check covered the columns until now."""
    for statement in (
        "UPDATE submissions SET region = NULL, published_url = NULL, tags = '{}' WHERE status = 'purged'",
        "UPDATE photos SET crop = NULL, focus = NULL, removed = '{}' WHERE status = 'purged'",
        "UPDATE batches SET messages = '{}' WHERE finished_at IS NOT NULL",
    ):
        op.execute(sa.text(statement))
    for table, check in CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_purged"), table)
        op.create_check_constraint(op.f(f"ck_{table}_purged"), table, check)
    op.create_check_constraint(
        op.f("ck_batches_finished"), "batches", "finished_at IS NULL OR messages = '{}'"
    )
