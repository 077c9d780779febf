"""Give wrapped keys of submissions a table of their own.

Keys stay wrapped under the application secret. `transom migrate` then wraps them to the installation's key pair in batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

PURGED = (
    "status <> 'purged' OR (num_nonnulls(contact, print_name, region, published_url, embargo_until,"
    " assigned_to, due_at) = 0 AND tags = '{}' AND signals = '{}' AND NOT has_document AND priority = 'normal')"
)


def upgrade() -> None:
    op.create_table(
        "submission_keys",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "holder IN ('receipt', 'application') OR holder ~ '^[0-9a-f]{16}$'",
            name=op.f("ck_submission_keys_holder"),
        ),
        sa.CheckConstraint(
            "octet_length(wrapped) BETWEEN 40 AND 200", name=op.f("ck_submission_keys_wrapped")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_submission_keys_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", "holder", name=op.f("pk_submission_keys")),
    )
    op.create_index("ix_submission_keys_holder", "submission_keys", ["holder", "submission_id"])
    op.execute(
        "INSERT INTO submission_keys (submission_id, holder, wrapped)"
        " SELECT id, 'application', wrapped_key FROM submissions WHERE wrapped_key IS NOT NULL"
    )
    op.drop_constraint(op.f("ck_submissions_key"), "submissions", type_="check")
    op.drop_constraint(op.f("ck_submissions_purged"), "submissions", type_="check")
    # A dropped column stays in the rows. Without this, a purged key could be found in them.
    op.execute("UPDATE submissions SET wrapped_key = NULL WHERE wrapped_key IS NOT NULL")
    # An UPDATE leaves work for the end of the transaction, and the table cannot be altered before.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.drop_column("submissions", "wrapped_key")
    op.create_check_constraint(op.f("ck_submissions_purged"), "submissions", PURGED)
