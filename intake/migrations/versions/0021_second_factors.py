"""Add second factors, resets with two admins, and notices about accounts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NOTICES = (
    "kind IN ('account_created', 'account_deleted', 'account_off', 'account_on', 'account_password', 'account_roles',"
    " 'account_sessions', 'admin_added', 'chief_added', 'code_used', 'codes_made', 'codes_wrong',"
    " 'factor_added', 'factor_removed',"
    " 'login_slowed', 'reset_asked', 'reset_called_off', 'reset_done')"
)
OPEN = "done_at IS NULL AND called_off_at IS NULL"


def upgrade() -> None:
    # For accounts that exist already, the days without a second factor begin with the upgrade.
    op.add_column("editors", _now("grace_since"))
    for name in ("factor_since", "agrees_from", "guarded_until"):
        op.add_column("editors", _moment(name))
    _create_factors()
    _create_resets()
    _create_notices()


def _create_factors() -> None:
    op.create_table(
        "totp_secrets",
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        _now("created_at"),
        _owner("totp_secrets", "editor_id"),
        sa.PrimaryKeyConstraint("editor_id", name=op.f("pk_totp_secrets")),
    )
    op.create_table(
        "passkeys",
        _number(),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("issued", sa.BigInteger(), server_default="0", nullable=False),
        _now("created_at"),
        _moment("used_at"),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_passkeys_name")),
        _owner("passkeys", "editor_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkeys_credential")),
    )
    op.create_index("ix_passkeys_editor_id", "passkeys", ["editor_id"])
    op.create_table(
        "recovery_codes",
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        _moment("used_at"),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("ck_recovery_codes_hash")),
        _owner("recovery_codes", "editor_id"),
        sa.PrimaryKeyConstraint("editor_id", "hash", name=op.f("pk_recovery_codes")),
    )


def _create_resets() -> None:
    op.create_table(
        "account_resets",
        _number(),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("agreed_by", sa.BigInteger(), nullable=True),
        sa.Column("token", sa.String(), nullable=False),
        _now("asked_at"),
        _moment("done_at"),
        _moment("called_off_at"),
        sa.CheckConstraint("kind IN ('factor', 'password')", name=op.f("ck_account_resets_kind")),
        sa.CheckConstraint(
            "agreed_by <> asked_by AND agreed_by <> editor_id", name=op.f("ck_account_resets_second_admin")
        ),
        sa.CheckConstraint(
            "done_at IS NULL OR called_off_at IS NULL", name=op.f("ck_account_resets_one_end")
        ),
        *(_owner("account_resets", column) for column in ("editor_id", "asked_by", "agreed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_resets")),
        sa.UniqueConstraint("token", name=op.f("uq_account_resets_token")),
    )
    op.create_index(
        "uq_account_resets_open",
        "account_resets",
        ["editor_id", "kind"],
        unique=True,
        postgresql_where=sa.text(OPEN),
    )


def _create_notices() -> None:
    op.create_table(
        "login_links",
        _number(),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        _now("created_at"),
        _owner("login_links", "editor_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_links")),
        sa.UniqueConstraint("token", name=op.f("uq_login_links_token")),
    )
    op.create_index("ix_login_links_editor_id", "login_links", ["editor_id"])
    op.create_table(
        "account_notices",
        _number(),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        _now("created_at"),
        _moment("seen_at"),
        sa.CheckConstraint(NOTICES, name=op.f("ck_account_notices_kind")),
        *(_owner("account_notices", column) for column in ("editor_id", "about_id", "actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_notices")),
    )
    op.create_index(
        "ix_account_notices_unseen",
        "account_notices",
        ["editor_id"],
        postgresql_where=sa.text("seen_at IS NULL"),
    )


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False)


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _owner(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["editors.id"], name=name, ondelete="CASCADE")
