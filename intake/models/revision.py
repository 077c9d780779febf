"""Revisions of the text of a submission."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import ContributionTime, EditorId, Number, SubmissionId
from intake.models.sealing.key_ring import Scope
from intake.models.sealing.words import SealedJson, SealedWords, WithWords

if TYPE_CHECKING:
    from intake.models.account import Editor
    from intake.models.submission import Submission


class Revision(WithWords, Base):
    """A version of the text.

    Revision 0 is the contributor's original text, encrypted and never rendered.
    Revision 1 is the cleaned text.
    Later revisions come from editors, or from answers of the contributor, which have no `editor_id`.
    `report` describes the cleaning: {"removed": {kind: count}, "flags": [...], "fallback": bool}.
    With `"too_long": true`, the fallback was used because cleaning timed out.
    `details` contains all other fields:
    {"section", "language", "region", "tags", "print_name", "embargo_until",
    "photos": [{"id", "caption", "credit", "alt"}]}.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        CheckConstraint("(number = 0) = (sealed IS NOT NULL)", name="raw_is_sealed"),
        CheckConstraint(
            "(number = 0) = (html IS NULL) AND (number = 0) = (title IS NULL)", name="clean_is_shown"
        ),
        CheckConstraint("number > 1 OR editor_id IS NULL", name="the_first_are_the_contributor_s"),
        CheckConstraint("number >= 0 AND words >= 0", name="counts"),
    )

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    number: Mapped[int]
    sealed: Mapped[bytes | None]
    title_sealed: Mapped[bytes | None] = mapped_column("title")
    html_sealed: Mapped[bytes | None] = mapped_column("html")
    words: Mapped[int] = mapped_column(default=0)
    note_sealed: Mapped[bytes | None] = mapped_column("note")
    report: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    details_sealed: Mapped[bytes] = mapped_column("details", default=b"", server_default=text("''"))
    editor_id: Mapped[EditorId | None]
    created_at: Mapped[ContributionTime]

    NAMED_BY = ("number",)
    title = SealedWords[str | None]()
    html = SealedWords[str | None](in_parts=True)
    note = SealedWords[str | None](Scope.DESK)
    details = SealedJson[dict[str, Any]](Scope.DESK)

    submission: Mapped["Submission"] = relationship(back_populates="revisions")
    editor: Mapped["Editor | None"] = relationship()
