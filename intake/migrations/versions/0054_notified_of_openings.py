"""Allow notifications that a colleague asks to open unchanged photos."""

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('answered', 'assigned', 'guest_note', 'hold_asked', 'mentioned', 'opening_asked', 'overruled', 'taken_over',"
    " 'withdrawn')"
)


def upgrade() -> None:
    op.drop_constraint(op.f("ck_notifications_kind"), "notifications", type_="check")
    op.create_check_constraint(op.f("ck_notifications_kind"), "notifications", KINDS)
