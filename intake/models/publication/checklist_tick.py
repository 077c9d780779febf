"""Points of a checklist that editors have ticked."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import EditorId, Now


class ChecklistTick(Base):
    """A point that an editor ticked. `point` is its code (intake/checklists/__init__.py).

    `revision` is the number of the newest revision when it was ticked.
    """

    __tablename__ = "checklist_ticks"
    __table_args__ = (CheckConstraint("revision > 0", name="revision"),)

    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    point: Mapped[str] = mapped_column(primary_key=True)
    editor_id: Mapped[EditorId]
    revision: Mapped[int]
    ticked_at: Mapped[Now]
