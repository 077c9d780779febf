"""Sealed originals of photos, the shares of their keys, and openings by two people."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import AwareDateTime, Base
from intake.models.columns import EditorId, Moment, Now, Number, SubmissionId, TakenNumber, one_of
from intake.models.sealing.key_ring import Scope
from intake.models.sealing.words import SealedWords, WithWords

if TYPE_CHECKING:
    from intake.models.account import Editor

OPENING_STATES = ("asked", "called_off", "ended", "lapsed", "open", "refused")
ACTIVE = "state IN ('asked', 'open')"


class HolderKey(Base):
    """Key pair of a person who holds shares of sealed originals (intake/keys/shares.py).

    A new key of the same person is a new row. Shares go with the row that they were wrapped for.
    """

    __tablename__ = "holder_keys"
    __table_args__ = (
        CheckConstraint("octet_length(public) = 32 AND octet_length(salt) = 16", name="lengths"),
        # Nonce, private key and tag.
        CheckConstraint("octet_length(sealed_private) = 60", name="sealed_private"),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), unique=True)
    public: Mapped[bytes]
    salt: Mapped[bytes]
    sealed_private: Mapped[bytes]
    made_at: Mapped[Now]

    editor: Mapped["Editor"] = relationship()


class SealedOriginal(Base):
    """Unchanged file of a photo, kept until the end of the day `until` in UTC.

    `number` is a part of the file's name. Without this row and its shares, the file does not open.
    """

    __tablename__ = "sealed_originals"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    photo_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[SubmissionId]
    number: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[date] = mapped_column(index=True)

    @property
    def file_name(self) -> str:
        """Storage name of the file."""
        return sealed_name(self.submission_id, self.photo_id, self.number)


def sealed_name(submission_id: uuid.UUID, photo_id: uuid.UUID, number: int) -> str:
    """Return the storage name of a sealed original. Each attempt to seal one has another number."""
    return f"sealed/{submission_id}/{photo_id}.{number}"


class OriginalShare(Base):
    """Two shares of the key of a sealed original, wrapped for two people. There is a row for each pair of holders."""

    __tablename__ = "original_shares"
    __table_args__ = (
        CheckConstraint("octet_length(first_share) = 80 AND octet_length(second_share) = 80", name="lengths"),
        CheckConstraint("first_id < second_id", name="two_people"),
    )

    photo_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("sealed_originals.photo_id", ondelete="CASCADE"), primary_key=True
    )
    first_id: Mapped[int] = mapped_column(ForeignKey("holder_keys.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("holder_keys.id", ondelete="CASCADE"), primary_key=True)
    first_share: Mapped[bytes]
    second_share: Mapped[bytes]


class Opening(WithWords, Base):
    """Request of one key holder to open the sealed originals of a submission, which another key holder answers.

    While `state` is `asked` or `open`, it ends at `ends_at`. `reason` is deleted with the submission.
    """

    __tablename__ = "openings"
    __table_args__ = (
        CheckConstraint(one_of("state", OPENING_STATES), name="state"),
        CheckConstraint("octet_length(reason) > 0", name="reason"),
        CheckConstraint("answered_by <> asked_by", name="two_people"),
        CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint(
            "state NOT IN ('open', 'ended', 'refused') OR answered_by IS NOT NULL", name="second"
        ),
        Index("uq_openings_active", "submission_id", unique=True, postgresql_where=ACTIVE),
    )

    id: Mapped[TakenNumber]
    submission_id: Mapped[SubmissionId]
    asked_by: Mapped[EditorId]
    reason_sealed: Mapped[bytes] = mapped_column("reason")
    state: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[Now]
    answered_by: Mapped[EditorId | None]
    answered_at: Mapped[Moment]
    ends_at: Mapped[datetime] = mapped_column(AwareDateTime)

    reason = SealedWords[str](Scope.DESK)

    asker: Mapped["Editor"] = relationship(foreign_keys="Opening.asked_by")
    second: Mapped["Editor | None"] = relationship(foreign_keys="Opening.answered_by")


class OpeningShare(Base):
    """Secret of an opening, wrapped for one holder, who needs a personal passphrase for it.

    While the state of the opening is `asked`, it is the share of the asking person, for each person who may agree.
    While the state is `open`, it is the key, for each of the two. The rows are deleted when the opening ends.
    """

    __tablename__ = "opening_shares"
    __table_args__ = (CheckConstraint("octet_length(wrapped) = 80", name="wrapped"),)

    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True)
    photo_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("sealed_originals.photo_id", ondelete="CASCADE"), primary_key=True
    )
    holder_id: Mapped[int] = mapped_column(ForeignKey("holder_keys.id", ondelete="CASCADE"), primary_key=True)
    wrapped: Mapped[bytes]
