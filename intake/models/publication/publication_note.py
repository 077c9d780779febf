"""Corrections, reasons of retractions, and reasons to go on with an open checklist."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, relationship

from intake.db import Base
from intake.models.columns import EditorId, Now, Number, SubmissionId, one_of

if TYPE_CHECKING:
    from intake.models.account import Editor


NOTE_KINDS = ("correction", "retraction", "checklist")


class PublicationNote(Base):
    """Words of an editor about a publication, as plain text that only the desk sees.

    `dated` is the day of a correction as the publication states it. Other kinds have none.
    """

    __tablename__ = "publication_notes"
    __table_args__ = (
        CheckConstraint(one_of("kind", NOTE_KINDS), name="kind"),
        CheckConstraint("(kind = 'correction') = (dated IS NOT NULL)", name="dated"),
        CheckConstraint("btrim(body) <> ''", name="body"),
    )

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    editor_id: Mapped[EditorId]
    kind: Mapped[str]
    body: Mapped[str]
    dated: Mapped[date | None]
    written_at: Mapped[Now]

    editor: Mapped["Editor"] = relationship()
