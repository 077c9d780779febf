"""Links between a submission and its translations."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import EditorId, Now


class TranslationLink(Base):
    """A submission that is the translation of another one. A submission has at most one source.

    `source_revision` is the number of the source's revision that was translated.
    """

    __tablename__ = "translation_links"
    __table_args__ = (CheckConstraint("source_revision > 0", name="source_revision"),)

    translation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    source_revision: Mapped[int]
    editor_id: Mapped[EditorId]
    linked_at: Mapped[Now]
