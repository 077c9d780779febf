"""What an editor decided, why, and on which text."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, Number, SubmissionId, one_of

if TYPE_CHECKING:
    from intake.models.account import Editor


# Verdict → the move that it makes.
VERDICTS = {
    "accept": "accept",
    "reject": "reject",
    "request_changes": "request_changes",
    "hold": "hold",
    "spam": "spam",
}
STATES = ("taken", "waiting", "standing", "undone", "replaced")


class Decision(Base):
    """`code` says why, for the desk; `message` is what the contributor reads, None where they are to read nothing.

    taken → standing when nobody took it back in time, else undone. An approval that needs a second editor is waiting
    until that one's decision has replaced it.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint("verdict <> 'reject' OR code IS NOT NULL", name="rejection_says_why"),
        CheckConstraint("verdict <> 'request_changes' OR message IS NOT NULL", name="changes_are_named"),
        CheckConstraint("state <> 'waiting' OR verdict = 'accept'", name="waiting_is_approval"),
        CheckConstraint("(state = 'undone') = (undone_by IS NOT NULL)", name="undone"),
        # Of one submission, one decision stands, and one more at most may be open.
        Index("uq_decisions_standing", "submission_id", unique=True, postgresql_where="state = 'standing'"),
        Index(
            "uq_decisions_open",
            "submission_id",
            unique=True,
            postgresql_where="state IN ('taken', 'waiting')",
        ),
    )

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    editor_id: Mapped[EditorId]
    verdict: Mapped[str]
    state: Mapped[str] = mapped_column(default="taken")
    code: Mapped[str | None]
    message: Mapped[str | None]
    # The first of two approvals, where the section asks for two.
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)
    decided_at: Mapped[Now]
    settles_at: Mapped[Moment]
    undone_by: Mapped[EditorId | None]

    editor: Mapped["Editor"] = relationship(foreign_keys="Decision.editor_id")
    approval: Mapped["Decision | None"] = relationship(remote_side="Decision.id")
