"""Allow the status `draft`: a submission that its contributor has not sent yet."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SENT = (
    "'received'", "'in_review'", "'held'", "'changes_requested'", "'accepted'", "'rejected'", "'spam'",
    "'published'", "'withdrawn'", "'purged'",
)  # fmt: skip


def upgrade() -> None:
    """Allow the status, and index the few drafts by the time of their last change."""
    op.drop_constraint(op.f("ck_submissions_status"), "submissions")
    statuses = ", ".join(("'draft'", *SENT))
    op.create_check_constraint(op.f("ck_submissions_status"), "submissions", f"status IN ({statuses})")
    op.create_index(
        "ix_submissions_drafts", "submissions", ["waiting_since"], postgresql_where="status = 'draft'"
    )
