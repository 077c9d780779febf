"""Something that an editor should hear of."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Moment, Now, Number, one_of

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
