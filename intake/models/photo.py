"""Photos and retouches.

The original of a photo waits encrypted in quarantine, and is destroyed once clean copies are verified.
"""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake import lifecycle
from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, Number, RandomId, SubmissionId, one_of
from intake.models.sealing.words import SealedWords, WithWords

if TYPE_CHECKING:
    from intake.models.account import Editor
    from intake.models.submission import Submission


SIZES = ("full", "web", "thumb")
# Size name of the uncropped copy of a cropped photo. The three other sizes show the cropped area.
BASE = "base"
COPIES = (*SIZES, BASE)


class Photo(WithWords, Base):
    """A photo. `removed` is a summary of the metadata that cleaning removed (`intake/photos/removed.py`).

    `notes` are those of `intake/photos/notes.py`. `reason` is the code of a refusal.
    `original_until` is the last day on which the unchanged file may be kept, if the contributor agreed to that.
    `featured` marks the photo that an editor chose to stand for the submission. Without one, the first photo does.
    `generation` is the id of the retouch that made the current copies, or 0 for the copies that cleaning made. `crop` is {"x", "y", "width", "height"} and `focus` is {"x", "y"},
    as fractions of the uncropped photo, 0 to 1. The uncropped copy is stored as the size "base".
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
            "status <> 'clean' OR num_nonnulls(format, width, height) = 3", name="clean_is_described"
        ),
        CheckConstraint("(status = 'refused') = (reason IS NOT NULL)", name="refused"),
        CheckConstraint(
            "status <> 'purged' OR (num_nonnulls(caption, credit, alt, crop, focus, format, width, height,"
            " original_until) = 0"
            " AND removed = '{}' AND notes = '{}')",
            name="purged",
        ),
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
    caption_sealed: Mapped[bytes | None] = mapped_column("caption")
    credit_sealed: Mapped[bytes | None] = mapped_column("credit")
    alt_sealed: Mapped[bytes | None] = mapped_column("alt")
    graphic: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    featured: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    generation: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    crop: Mapped[dict[str, float] | None] = mapped_column(JSONB(none_as_null=True))
    focus: Mapped[dict[str, float] | None] = mapped_column(JSONB(none_as_null=True))
    format: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    removed: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    notes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    reason: Mapped[str | None]
    original_until: Mapped[date | None]

    caption = SealedWords[str | None]()
    credit = SealedWords[str | None]()
    alt = SealedWords[str | None]()

    submission: Mapped["Submission"] = relationship(back_populates="photos")
    retouches: Mapped[list["Retouch"]] = relationship(order_by="Retouch.id", viewonly=True)

    @property
    def quarantine_name(self) -> str:
        """Storage name of the original. The name never changes, so a repeated deletion finds the file."""
        return f"quarantine/{self.submission_id}/{self.id}"

    def clean_name(self, size: str, generation: int | None = None) -> str:
        """Return the storage name of the clean copy in this size, by default of the current generation.

        A repeated cleaning overwrites the file. A retouch makes a new generation.
        """
        made_by = self.generation if generation is None else generation
        return f"clean/{self.submission_id}/{self.id}{f'.{made_by}' if made_by else ''}.{size}"


KINDS = ("crop", "redaction")
STATES = ("applied", "asked", "failed", "undone")


class Retouch(Base):
    """A redaction or crop. It can be undone until `due_at`, when a worker applies it.

    For a redaction, `what` is {"marks": [{"shape", "how", "x", "y", "width", "height"}]}. `shape` is box or
    ellipse, `how` is solid or mosaic.
    For a crop, `what` is {"crop": {…} or None, "focus": {"x", "y"} or None}.
    All lengths are fractions of the uncropped photo, 0 to 1.
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


SEARCH_STATES = ("asked", "done", "failed")


class FaceSearch(Base):
    """A search for faces in a photo that an editor redacts. Kept for an hour, or until the photo is changed.

    `areas` is a list of [x, y, width, height], in ten-thousandths of the uncropped photo. `generation` is that of
    the searched copy. Nothing else about a face is computed or stored.
    """

    __tablename__ = "face_searches"
    __table_args__ = (
        CheckConstraint(one_of("state", SEARCH_STATES), name="state"),
        CheckConstraint("state = 'done' OR areas = '[]'", name="areas"),
    )

    photo_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[SubmissionId]
    generation: Mapped[int]
    state: Mapped[str] = mapped_column(default="asked")
    areas: Mapped[list[list[int]]] = mapped_column(JSONB, default=list)
    asked_at: Mapped[Now]

    photo: Mapped["Photo"] = relationship()
