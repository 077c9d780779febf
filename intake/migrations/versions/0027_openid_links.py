"""Add links between accounts and people at the OpenID provider, and notices about them."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NOTICES = (
    "kind IN ('account_created', 'account_deleted', 'account_limits', 'account_off', 'account_on',"
    " 'account_password', 'account_roles', 'account_sessions', 'admin_added', 'chief_added', 'code_used', 'codes_made', 'codes_wrong',"
    " 'factor_added', 'factor_removed', 'login_slowed', 'openid_linked', 'openid_unlinked',"
    " 'reset_asked', 'reset_called_off', 'reset_done')"
)


def upgrade() -> None:
    op.create_table(
        "openid_links",
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sole", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(issuer) <> ''", name=op.f("ck_openid_links_issuer")),
        sa.CheckConstraint("octet_length(subject_hash) = 32", name=op.f("ck_openid_links_subject_hash")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_openid_links_editor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("editor_id", name=op.f("pk_openid_links")),
        sa.UniqueConstraint("subject_hash", name=op.f("uq_openid_links_subject_hash")),
    )
    op.drop_constraint(op.f("ck_account_notices_kind"), "account_notices", type_="check")
    op.create_check_constraint(op.f("ck_account_notices_kind"), "account_notices", NOTICES)
