"""What editors write to each other about a submission. No contributor ever reads it."""

from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, BigInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Now, Number, SubmissionId

if TYPE_CHECKING:
    from intake.models.account import Editor


class Note(Base):
    """Plain text; `mentions` are the ids of the editors whom it calls."""

    __tablename__ = "notes"

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    editor_id: Mapped[EditorId]
    body: Mapped[str]
    mentions: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default=text("'{}'"))
    written_at: Mapped[Now]

    editor: Mapped["Editor"] = relationship()
