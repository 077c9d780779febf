"""What the desk and a contributor write to each other."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Now, Number, SubmissionId

if TYPE_CHECKING:
    from intake.models.account import Editor


class Message(Base):
    """Plain text, cleaned. `editor_id` None: from the contributor. One that came with a decision names it.

    One that a contributor sent by itself keeps the hash of its form's one-time token: a second click sends no second.
    """

    __tablename__ = "messages"
    __table_args__ = (CheckConstraint("octet_length(token_hash) = 32", name="token_hash"),)

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    editor_id: Mapped[EditorId | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), unique=True)
    token_hash: Mapped[bytes | None] = mapped_column(unique=True)
    body: Mapped[str]
    sent_at: Mapped[Now]

    editor: Mapped["Editor | None"] = relationship()
