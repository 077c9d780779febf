"""What a contributor sent when asked for changes: sealed as it came, like revision 0, and never rendered."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Moment, Now, Number, SubmissionId


class Answer(Base):
    """`sealed` is a JSON document of {"title", "body", "format", "message"}; an empty body leaves the text as it is.

    Once cleaned it names the revision that it became, if it brought a text.
    """

    __tablename__ = "answers"

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    sealed: Mapped[bytes]
    sent_at: Mapped[Now]
    screened_at: Mapped[Moment]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"))
