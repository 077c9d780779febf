"""Add the backups that the installation knows of."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_encrypted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("place <> ''", name=op.f("ck_backups_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
    )
