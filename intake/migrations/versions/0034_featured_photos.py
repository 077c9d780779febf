"""The photo that stands for a submission, if an editor chose another than the first."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "photos", sa.Column("featured", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
