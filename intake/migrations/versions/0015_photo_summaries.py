"""Store a summary of the metadata removed from a photo instead of exact numbers, and drop the perceptual hash.

The size and format of purged photos are emptied.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DESCRIBED = "status <> 'clean' OR num_nonnulls(format, width, height) = 3"
PURGED = (
    "status <> 'purged' OR (num_nonnulls(caption, credit, alt, crop, focus, format, width, height) = 0"
    " AND removed = '{}' AND notes = '{}')"
)
SUMMARIES = """
UPDATE photos SET removed = (
  SELECT coalesce(jsonb_object_agg(kind, CASE
    WHEN kind = 'settings' AND number >= 5 THEN 'many'
    WHEN kind IN ('settings', 'date') AND number > 1 THEN 'several'
    ELSE 'one' END), '{}')
  FROM (
    SELECT CASE
      WHEN key = 'serial_number' THEN 'camera'
      WHEN key = 'comment' THEN 'caption'
      WHEN key IN ('maker_notes', 'private_data', 'colour_profile') THEN 'other'
      ELSE key END AS kind, sum(value::numeric) AS number
    FROM jsonb_each_text(removed) GROUP BY 1
  ) AS sums WHERE number > 0
) WHERE removed <> '{}'
"""
EVENTS = "UPDATE events SET data = data - 'removed' WHERE name = 'photo.clean' AND data ? 'removed'"
SIZES = "UPDATE photos SET format = NULL, width = NULL, height = NULL WHERE status = 'purged'"


def upgrade() -> None:
    """Convert the numbers of all photos. Events outlive a purge, so they lose the numbers altogether."""
    for name in ("clean_is_described", "purged"):
        op.drop_constraint(op.f(f"ck_photos_{name}"), "photos")
    op.drop_column("photos", "dhash")
    for statement in (SUMMARIES, EVENTS, SIZES):
        op.execute(sa.text(statement))
    op.create_check_constraint(op.f("ck_photos_clean_is_described"), "photos", DESCRIBED)
    op.create_check_constraint(op.f("ck_photos_purged"), "photos", PURGED)
