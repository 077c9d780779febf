"""A picture: its original waits encrypted in quarantine until clean copies are proven, then it is destroyed."""

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake import lifecycle
from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, Number, RandomId, SubmissionId, one_of

if TYPE_CHECKING:
    from intake.models.account import Editor
    from intake.models.submission import Submission


SIZES = ("full", "web", "thumb")
# The whole of a cropped photo, beside the three that are of what is left.
BASE = "base"


class Photo(Base):
    """`removed` is what cleaning took away, as {kind: count}, never values; `reason` the code of a refusal.

    `generation` is the id of the retouch that made the copies anew, 0 where they are as cleaning left them; `crop` is {"x", "y", "width", "height"} and `focus`
    {"x", "y"}, all as parts of the whole picture from 0 to 1. Where it is cropped, the whole is kept as the size "base".
    """

    __tablename__ = "photos"
    __table_args__ = (
        # Deferred: to change the order, positions are swapped in one transaction.
        UniqueConstraint("submission_id", "position", deferrable=True, initially="DEFERRED"),
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
        CheckConstraint("status <> 'purged' OR num_nonnulls(caption, credit, alt, dhash) = 0", name="purged"),
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
    alt: Mapped[str | None]
    graphic: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    generation: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    crop: Mapped[dict[str, float] | None] = mapped_column(JSONB(none_as_null=True))
    focus: Mapped[dict[str, float] | None] = mapped_column(JSONB(none_as_null=True))
    format: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    dhash: Mapped[str | None]
    removed: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    reason: Mapped[str | None]

    submission: Mapped["Submission"] = relationship(back_populates="photos")
    retouches: Mapped[list["Retouch"]] = relationship(order_by="Retouch.id", viewonly=True)

    @property
    def quarantine_name(self) -> str:
        """Where the original lies; the same at every attempt, so that a repeated deletion finds it."""
        return f"quarantine/{self.submission_id}/{self.id}"

    def clean_name(self, size: str, generation: int | None = None) -> str:
        """Where the clean copy of a size lies, of this generation unless another is named.

        A repeated cleaning replaces it, an editor's change makes another.
        """
        made_by = self.generation if generation is None else generation
        return f"clean/{self.submission_id}/{self.id}{f'.{made_by}' if made_by else ''}.{size}"


KINDS = ("crop", "redaction")
STATES = ("applied", "asked", "failed", "undone")


class Retouch(Base):
    """It can be undone until `due_at`, when a worker applies it.

    A redaction's `what` is {"marks": [{"shape", "how", "x", "y", "width", "height"}]}; shape is box or ellipse, how is solid
    or mosaic. A crop's is {"crop": {…} or None, "focus": {"x", "y"} or None}. All lengths are parts of the whole, 0 to 1.
    """

    __tablename__ = "retouches"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("state", STATES), name="state"),
    )

    id: Mapped[Number]
    submission_id: Mapped[SubmissionId]
    photo_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("photos.id", ondelete="CASCADE"), index=True)
    editor_id: Mapped[EditorId]
    kind: Mapped[str]
    what: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[Now]
    due_at: Mapped[Now]
    ended_at: Mapped[Moment]

    editor: Mapped["Editor"] = relationship()
    photo: Mapped["Photo"] = relationship()
