"""Record when editors got a digest, and store the messages of a batch by language."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Assume an empty table of batches, because no earlier version created batches."""
    op.add_column("editors", sa.Column("digested_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("batches", "message")
    op.add_column(
        "batches",
        sa.Column(
            "messages",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )
    op.add_column("batches", sa.Column("token", sa.Uuid(), nullable=False))
    op.create_unique_constraint(op.f("uq_batches_token"), "batches", ["token"])
