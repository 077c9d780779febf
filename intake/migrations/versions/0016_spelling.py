"""Add the column `spelling` of editors: whether the browser may check the spelling of what they write."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Spell checks are off, because some browsers send the text to their makers."""
    op.add_column("editors", sa.Column("spelling", sa.Boolean(), server_default=sa.false(), nullable=False))
