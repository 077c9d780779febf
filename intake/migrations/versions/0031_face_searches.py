"""Add searches for faces in photos that are being redacted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "face_searches",
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("areas", postgresql.JSONB(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'done', 'failed')", name=op.f("ck_face_searches_state")),
        sa.CheckConstraint("state = 'done' OR areas = '[]'", name=op.f("ck_face_searches_areas")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_face_searches_photo_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_face_searches_submission_id")
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_face_searches")),
    )
    op.create_index(op.f("ix_face_searches_submission_id"), "face_searches", ["submission_id"], unique=False)
