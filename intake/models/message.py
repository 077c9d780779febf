"""Messages between the desk and a contributor, her answers, notes among editors, and notifications."""

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import (
    ContributionTime,
    EditorId,
    Moment,
    Now,
    Number,
    SubmissionId,
    TakenNumber,
    one_of,
)
from intake.models.sealing.key_ring import Scope
from intake.models.sealing.words import SealedWords, WithWords

if TYPE_CHECKING:
    from intake.models.account import Editor
    from intake.models.desk import ReadingLink


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


class Message(WithWords, Base):
    """A message as cleaned plain text. If `editor_id` is None, the contributor sent it.

    `decision_id` is set for a message that was sent with a decision.
    `token_hash` is the hash of the form's one-time token, so a second click sends no second message.
    Only messages that a contributor sent without an answer have a `token_hash`.
    """

    __tablename__ = "messages"
    __table_args__ = (CheckConstraint("octet_length(token_hash) = 32", name="token_hash"),)

    id: Mapped[TakenNumber]
    submission_id: Mapped[SubmissionId]
    editor_id: Mapped[EditorId | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), unique=True)
    token_hash: Mapped[bytes | None] = mapped_column(unique=True)
    body_sealed: Mapped[bytes] = mapped_column("body")
    sent_at: Mapped[ContributionTime]

    body = SealedWords[str]()

    editor: Mapped["Editor | None"] = relationship()


def _scope_of_note(note: "Note") -> Scope:
    """Return the key that seals a note. Guests' notes use the submission's key, because a reading link opens only this."""
    return Scope.SUBMISSION if note.link_id else Scope.DESK


class Note(WithWords, Base):
    """A note as plain text. `mentions` lists the ids of the editors that it mentions.

    A guest who reads by a link has written a note with a `link_id`, else an editor has.
    """

    __tablename__ = "notes"
    __table_args__ = (CheckConstraint("num_nonnulls(editor_id, link_id) = 1", name="author"),)

    id: Mapped[TakenNumber]
    submission_id: Mapped[SubmissionId]
    editor_id: Mapped[EditorId | None]
    link_id: Mapped[int | None] = mapped_column(ForeignKey("reading_links.id"), index=True)
    body_sealed: Mapped[bytes] = mapped_column("body")
    mentions: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default=text("'{}'"))
    written_at: Mapped[Now]

    body = SealedWords[str](_scope_of_note)

    editor: Mapped["Editor | None"] = relationship()
    link: Mapped["ReadingLink | None"] = relationship()

    @property
    def author(self) -> str:
        """Name of the editor, or of the guest with the word "Guest" before it."""
        return self.editor.name if self.editor else f"Guest {self.link.name if self.link else ''}"


# Reasons for a notification. "mentioned": A colleague's note mentions the editor.
# "assigned": A colleague assigned the submission to the editor, or changed the date or priority of the assignment.
# "guest_note": A guest wrote a note, with a reading link that the editor made.
# "hold_asked": A chief editor asks for a legal hold, which the editor may confirm.
# "opening_asked": A colleague asks to open unchanged photos, which the editor may agree to with a personal key.
# "taken_over": Another editor took over the editor's claim.
# "overruled": The second of two editors has decided otherwise than the editor, who approved first.
# "answered": The contributor answered or sent a message.
# "withdrawn": The contributor withdrew a submission that the editor has claimed, or that was assigned to them.
KINDS = (
    "answered",
    "assigned",
    "guest_note",
    "hold_asked",
    "mentioned",
    "opening_asked",
    "overruled",
    "taken_over",
    "withdrawn",
)
CAUSED_BY_CONTRIBUTORS = ("answered", "withdrawn")


class Notification(Base):
    """A notification for an editor.

    `mailed_at` is set when a mail about the notification is sent.
    Both times are coarse (intake/models/contribution_time.py) if a contributor caused the notification.
    `seen_at` is set when the editor has marked the notification as read.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        Index("ix_notifications_unseen", "editor_id", postgresql_where="seen_at IS NULL"),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    kind: Mapped[str]
    created_at: Mapped[ContributionTime]
    seen_at: Mapped[Moment]
    mailed_at: Mapped[Moment]
