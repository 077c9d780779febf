"""Seal names and filters of saved views. `transom migrate` then seals existing views, while everything runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("views", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.add_column("views", sa.Column("name_hash", sa.LargeBinary(), nullable=True))
    op.alter_column("views", "name", existing_type=sa.Text(), nullable=True)
    op.alter_column("views", "filters", existing_type=postgresql.JSONB(), nullable=True)
    op.drop_constraint(op.f("uq_views_editor_id_name"), "views", type_="unique")
    op.create_unique_constraint(op.f("uq_views_editor_id_name_hash"), "views", ["editor_id", "name_hash"])
    op.create_check_constraint(op.f("ck_views_name_hash"), "views", "octet_length(name_hash) = 32")
    op.create_check_constraint(
        op.f("ck_views_sealed"),
        "views",
        "num_nonnulls(name, filters) = 2 * num_nulls(sealed)"
        " AND num_nonnulls(sealed) = num_nonnulls(name_hash)",
    )
