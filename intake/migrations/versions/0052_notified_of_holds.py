"""Allow notifications and notices that a legal hold is asked for."""

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

NOTIFICATIONS = "kind IN ('answered', 'assigned', 'guest_note', 'hold_asked', 'mentioned', 'overruled', 'taken_over', 'withdrawn')"
NOTICES = (
    "kind IN ('account_created', 'account_deleted', 'account_limits', 'account_off', 'account_on',"
    " 'account_password', 'account_renamed', 'account_roles', 'account_sessions', 'admin_added', 'chief_added', 'code_used',"
    " 'codes_made', 'codes_wrong', 'factor_added', 'factor_removed', 'hold_asked', 'login_slowed', 'openid_linked',"
    " 'openid_unlinked', 'reset_asked', 'reset_called_off', 'reset_done')"
)


def upgrade() -> None:
    for table, kinds in (("notifications", NOTIFICATIONS), ("account_notices", NOTICES)):
        op.drop_constraint(op.f(f"ck_{table}_kind"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_kind"), table, kinds)
