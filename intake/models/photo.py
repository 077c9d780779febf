"""A picture: its original waits encrypted in quarantine until clean copies are proven, then it is destroyed."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake import lifecycle
from intake.db import Base
from intake.models.columns import RandomId, SubmissionId, one_of

if TYPE_CHECKING:
    from intake.models.submission import Submission

SIZES = ("full", "web", "thumb")


class Photo(Base):
    """`removed` is what cleaning took away, as {kind: count}, never values; `reason` the code of a refusal."""

    __tablename__ = "photos"
    __table_args__ = (
        UniqueConstraint("submission_id", "position"),
        CheckConstraint(one_of("status", lifecycle.PHOTO_STATUSES), name="status"),
        CheckConstraint("(status = 'received') = (original_key IS NOT NULL)", name="original"),
        CheckConstraint(
            "num_nonnulls(full_key, web_key, thumb_key) = CASE status WHEN 'clean' THEN 3 ELSE 0 END",
            name="clean",
        ),
        CheckConstraint(
            "status <> 'clean' OR num_nonnulls(format, width, height, dhash) = 4", name="clean_is_described"
        ),
        CheckConstraint("(status = 'refused') = (reason IS NOT NULL)", name="refused"),
        CheckConstraint("status <> 'purged' OR num_nonnulls(caption, credit, dhash) = 0", name="purged"),
        CheckConstraint("position > 0 AND width > 0 AND height > 0", name="counts"),
    )

    id: Mapped[RandomId]
    submission_id: Mapped[SubmissionId]
    position: Mapped[int]
    status: Mapped[str] = mapped_column(default="received")
    original_key: Mapped[str | None]
    full_key: Mapped[str | None]
    web_key: Mapped[str | None]
    thumb_key: Mapped[str | None]
    caption: Mapped[str | None]
    credit: Mapped[str | None]
    format: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    dhash: Mapped[str | None]
    removed: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    reason: Mapped[str | None]

    submission: Mapped["Submission"] = relationship(back_populates="photos")

    @property
    def quarantine_name(self) -> str:
        """Where the original lies; the same at every attempt, so that a repeated deletion finds it."""
        return f"quarantine/{self.submission_id}/{self.id}"

    def clean_name(self, size: str) -> str:
        """Where the clean copy of a size lies; a repeated cleaning replaces it."""
        return f"clean/{self.submission_id}/{self.id}.{size}"
