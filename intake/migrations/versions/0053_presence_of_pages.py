"""Keep a row for each open page of an editor, and for a page that was closed a moment ago."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Open pages report again within seconds.
    op.execute("DELETE FROM presence")
    op.drop_constraint(op.f("pk_presence"), "presence", type_="primary")
    op.alter_column("presence", "page", nullable=False)
    op.create_primary_key(op.f("pk_presence"), "presence", ["submission_id", "editor_id", "page"])
    op.add_column("presence", sa.Column("is_closed", sa.Boolean(), server_default=sa.false(), nullable=False))
