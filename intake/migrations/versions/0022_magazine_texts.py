"""Add the magazine's own texts, and the consent text that a contributor agreed to."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "magazine_texts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("name IN ('consent', 'introduction')", name=op.f("ck_magazine_texts_name")),
        sa.CheckConstraint("number > 0", name=op.f("ck_magazine_texts_number")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_magazine_texts_editor_id")),
        sa.PrimaryKeyConstraint("name", "language", "number", name=op.f("pk_magazine_texts")),
    )
    for column in ("consent_language", "consent_text"):
        op.add_column(
            "submissions", sa.Column(column, sa.String(), server_default=sa.text("''"), nullable=False)
        )
