"""Who has which submission open."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Now, one_of

DOING = ("editing", "reading")


class Presence(Base):
    """Open pages say every few seconds that they are; one that stopped saying so counts no more."""

    __tablename__ = "presence"
    __table_args__ = (CheckConstraint(one_of("doing", DOING), name="doing"),)

    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    doing: Mapped[str]
    seen_at: Mapped[Now]
