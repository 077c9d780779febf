"""What an editor decided, why, and on which text."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Now, Number, SubmissionId, one_of

if TYPE_CHECKING:
    from intake.models.account import Editor

# Verdict → the move that it makes.
VERDICTS = {"accept": "accept", "reject": "reject"}


class Decision(Base):
    """A rejection has a reason, which the contributor reads."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        CheckConstraint("verdict <> 'reject' OR btrim(reason) <> ''", name="reason"),
    )

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    editor_id: Mapped[EditorId]
    verdict: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[Now]

    editor: Mapped["Editor"] = relationship()
