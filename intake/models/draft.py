"""What somebody at the desk is typing, kept on the server until it is sent."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Now, one_of

KINDS = ("decision", "edit", "message", "note")


class Draft(Base):
    """One for each editor, submission and kind of form. `fields` are those of the form, `version` that of its page."""

    __tablename__ = "drafts"
    __table_args__ = (CheckConstraint(one_of("kind", KINDS), name="kind"),)

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_at: Mapped[Now]
