"""Add the reason of a saved reply, and whether an editor's queue is dense."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# (verdict, name of a starter reply) → code of its reason.
REASONS = {
    ("reject", "Not our subject"): "off_topic",
    ("reject", "Published before"): "published_before",
    ("reject", "Cannot be verified"): "not_verified",
    ("reject", "Would endanger somebody"): "unsafe",
    ("reject", "Not yours to give"): "rights",
    ("reject", "Too much work"): "quality",
    ("reject", "Came too late"): "late",
    ("request_changes", "Sources"): "sources",
    ("request_changes", "Facts to be made clear"): "facts",
    ("request_changes", "Photos"): "photos",
    ("request_changes", "Somebody could be recognized"): "safety",
    ("request_changes", "Shorter"): "length",
}


def upgrade() -> None:
    """Add the columns. The starter replies that still have their names get their reasons."""
    op.add_column("replies", sa.Column("code", sa.String(), nullable=True))
    op.add_column("editors", sa.Column("dense", sa.Boolean(), server_default=sa.false(), nullable=False))
    replies = sa.table("replies", sa.column("verdict"), sa.column("name"), sa.column("code"))
    for (verdict, name), code in REASONS.items():
        named = (replies.c.verdict == verdict) & (replies.c.name == name)
        op.execute(replies.update().where(named).values(code=code))
