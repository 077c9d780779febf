"""What a contributor sent when asked for changes: sealed as it came, like revision 0, and never rendered."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Moment, Now, Number, SubmissionId


class Answer(Base):
    """`sealed` is a JSON document of {"title", "body", "format", "message", "photos": {id: {"caption", "credit"}}}.

    An empty title or body leaves that of the text as it is. `token_hash` is of the form's one-time token, so that a
    second click makes no second answer. Once cleaned it names the revision that it became, if it changed text or photos.
    """

    __tablename__ = "answers"
    # HMAC-SHA256: the token itself is nowhere.
    __table_args__ = (CheckConstraint("octet_length(token_hash) = 32", name="token_hash"),)

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    sealed: Mapped[bytes]
    sent_at: Mapped[Now]
    screened_at: Mapped[Moment]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"))
