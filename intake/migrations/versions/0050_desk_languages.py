"""Store the language in which an account reads the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editors", sa.Column("language", sa.String(), nullable=True))
