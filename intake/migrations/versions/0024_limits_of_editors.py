"""Add the sections and languages of editors, and who may read contact details."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('account_created', 'account_deleted', 'account_limits', 'account_off', 'account_on', 'account_password',"
    " 'account_roles', 'account_sessions', 'admin_added', 'chief_added', 'code_used', 'codes_made', 'codes_wrong',"
    " 'factor_added', 'factor_removed', 'login_slowed', 'reset_asked', 'reset_called_off', 'reset_done')"
)


def upgrade() -> None:
    for name in ("sections", "languages"):
        op.add_column("editors", sa.Column(name, sa.ARRAY(sa.String()), server_default="{}", nullable=False))
    op.add_column(
        "editors", sa.Column("reads_contact", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.drop_constraint(op.f("ck_account_notices_kind"), "account_notices")
    op.create_check_constraint(op.f("ck_account_notices_kind"), "account_notices", KINDS)
