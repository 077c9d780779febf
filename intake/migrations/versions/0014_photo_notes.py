"""Add the column `notes` of photos: facts such as the number of pictures in the file. Empty once a photo is purged."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PURGED = (
    "status <> 'purged' OR (num_nonnulls(caption, credit, alt, dhash, crop, focus) = 0"
    " AND removed = '{}' AND notes = '{}')"
)


def upgrade() -> None:
    """Add the column. Photos from before have no notes."""
    op.add_column("photos", sa.Column("notes", JSONB(), nullable=False, server_default="{}"))
    op.drop_constraint(op.f("ck_photos_purged"), "photos")
    op.create_check_constraint(op.f("ck_photos_purged"), "photos", PURGED)
