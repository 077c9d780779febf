"""A change of a photo that an editor asked for: what is to be destroyed or cut off, and whether it was done."""

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, Number, SubmissionId, one_of

if TYPE_CHECKING:
    from intake.models.account import Editor
    from intake.models.photo import Photo


KINDS = ("crop", "redaction")
STATES = ("applied", "asked", "failed", "undone")


class Retouch(Base):
    """It can be undone until `due_at`, when a worker applies it.

    A redaction's `what` is {"marks": [{"shape", "how", "x", "y", "width", "height"}]}; shape is box or ellipse, how is solid
    or mosaic. A crop's is {"crop": {…} or None, "focus": {"x", "y"} or None}. All lengths are parts of the whole, 0 to 1.
    """

    __tablename__ = "retouches"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("state", STATES), name="state"),
    )

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    photo_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("photos.id", ondelete="CASCADE"), index=True)
    editor_id: Mapped[EditorId]
    kind: Mapped[str]
    what: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[Now]
    due_at: Mapped[Now]
    ended_at: Mapped[Moment]

    editor: Mapped["Editor"] = relationship()
    photo: Mapped["Photo"] = relationship()
