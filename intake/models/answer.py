"""Answers of contributors to requests for changes."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import ContributionTime, Moment, Number, SubmissionId


class Answer(Base):
    """An answer of the contributor to a request for changes.

    `sealed` is an encrypted JSON document:
    {"title", "body", "format", "message", "photos": {id: {"caption", "credit"}}}.
    An empty title or body leaves the submission's current title or body unchanged.
    `token_hash` is the hash of the form's one-time token, so a second click creates no second answer.
    `revision_id` is set after cleaning, if the answer changed the text or the photos.
    """

    __tablename__ = "answers"
    # HMAC-SHA256 of the token. The token itself is not stored.
    __table_args__ = (CheckConstraint("octet_length(token_hash) = 32", name="token_hash"),)

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    sealed: Mapped[bytes]
    sent_at: Mapped[ContributionTime]
    screened_at: Mapped[Moment]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"))
