"""Store token hashes of answers and messages, and add starter replies."""

import sqlalchemy as sa
from alembic import op

from intake.decisions.starter_replies import starter_replies

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Assume an empty table of answers, because no earlier version created answers."""
    op.add_column("answers", sa.Column("token_hash", sa.LargeBinary(), nullable=False))
    op.add_column("messages", sa.Column("token_hash", sa.LargeBinary(), nullable=True))
    for table in ("answers", "messages"):
        op.create_unique_constraint(op.f(f"uq_{table}_token_hash"), table, ["token_hash"])
        op.create_check_constraint(op.f(f"ck_{table}_token_hash"), table, "octet_length(token_hash) = 32")
    replies = sa.table("replies", *(sa.column(name) for name in ("verdict", "language", "name", "body")))
    op.bulk_insert(replies, [vars(reply) for reply in starter_replies()])
