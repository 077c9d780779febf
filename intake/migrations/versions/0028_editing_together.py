"""Add the wish to be alone with a text, pages of presence, and the notification that a second editor decided otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("presence", sa.Column("page", sa.BigInteger(), nullable=True))
    op.add_column("presence", sa.Column("keeps_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("presence", sa.Column("keeps_until", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_presence_keeps"), "presence", "num_nonnulls(keeps_since, keeps_until) <> 1"
    )
    op.drop_constraint(op.f("ck_notifications_kind"), "notifications", type_="check")
    op.create_check_constraint(
        op.f("ck_notifications_kind"),
        "notifications",
        "kind IN ('answered', 'mentioned', 'overruled', 'taken_over', 'withdrawn')",
    )
