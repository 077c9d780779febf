"""Allow notices that the name of an account was changed."""

from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

NOTICES = (
    "kind IN ('account_created', 'account_deleted', 'account_limits', 'account_off', 'account_on',"
    " 'account_password', 'account_renamed', 'account_roles', 'account_sessions', 'admin_added', 'chief_added', 'code_used',"
    " 'codes_made', 'codes_wrong', 'factor_added', 'factor_removed', 'login_slowed', 'openid_linked', 'openid_unlinked',"
    " 'reset_asked', 'reset_called_off', 'reset_done')"
)


def upgrade() -> None:
    op.drop_constraint(op.f("ck_account_notices_kind"), "account_notices", type_="check")
    op.create_check_constraint(op.f("ck_account_notices_kind"), "account_notices", NOTICES)
