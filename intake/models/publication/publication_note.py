"""Corrections, reasons of retractions, and reasons to go on with an open checklist."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Now, SubmissionId, TakenNumber, one_of
from intake.models.sealing.key_ring import Scope
from intake.models.sealing.words import SealedWords, WithWords

if TYPE_CHECKING:
    from intake.models.account import Editor


NOTE_KINDS = ("correction", "retraction", "checklist")


class PublicationNote(WithWords, Base):
    """Words of an editor about a publication, as plain text that only the desk sees.

    `dated` is the day of a correction as the publication states it. It is None for the other kinds.
    """

    __tablename__ = "publication_notes"
    __table_args__ = (
        CheckConstraint(one_of("kind", NOTE_KINDS), name="kind"),
        CheckConstraint("(kind = 'correction') = (dated IS NOT NULL)", name="dated"),
        CheckConstraint("octet_length(body) > 0", name="body"),
    )

    id: Mapped[TakenNumber]
    submission_id: Mapped[SubmissionId]
    editor_id: Mapped[EditorId]
    kind: Mapped[str]
    body_sealed: Mapped[bytes] = mapped_column("body")
    dated: Mapped[date | None]
    written_at: Mapped[Now]

    body = SealedWords[str](Scope.DESK)

    editor: Mapped["Editor"] = relationship()
