"""What the desk and a contributor write to each other."""

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, Number, SubmissionId, one_of

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


# Why somebody is told: a colleague called them; somebody took over what they had claimed; the contributor of what they
# have claimed answered or withdrew.
KINDS = ("answered", "mentioned", "taken_over", "withdrawn")


class Notification(Base):
    """`mailed_at` once a mail has told that there is one, `seen_at` once the person has opened the submission."""

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        Index("ix_notifications_unseen", "editor_id", postgresql_where="seen_at IS NULL"),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    kind: Mapped[str]
    created_at: Mapped[Now]
    seen_at: Mapped[Moment]
    mailed_at: Mapped[Moment]
