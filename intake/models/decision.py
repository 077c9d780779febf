"""Decisions of editors, batches of decisions, and saved replies."""

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, Number, SubmissionId, TakenNumber, one_of
from intake.models.sealing.key_ring import Scope
from intake.models.sealing.words import KeyedWords, SealedJson, SealedWords, WithWords

if TYPE_CHECKING:
    from intake.models.account import Editor


# Verdict → key of lifecycle.MOVES.
VERDICTS = {
    "accept": "accept",
    "reject": "reject",
    "request_changes": "request_changes",
    "hold": "hold",
    "spam": "spam",
}
STATES = ("taken", "waiting", "standing", "undone", "replaced")


class Decision(WithWords, Base):
    """A verdict of an editor on one revision.

    `code` is the reason, for the desk. `message` is sent to the contributor, unless it is None.
    The state of a decision is first `taken`, then `standing` once it has settled, or `undone`.
    The first of two approvals is `waiting` until the second editor's decision replaces it.
    A decision that is no longer valid is `replaced`, for example after the submission was reopened.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint("verdict <> 'reject' OR code IS NOT NULL", name="rejection_says_why"),
        CheckConstraint("verdict <> 'request_changes' OR message IS NOT NULL", name="changes_are_named"),
        CheckConstraint("state <> 'waiting' OR verdict = 'accept'", name="waiting_is_approval"),
        CheckConstraint("(state = 'undone') = (undone_by IS NOT NULL)", name="undone"),
        # A submission has at most one standing decision, and at most one open decision.
        Index("uq_decisions_standing", "submission_id", unique=True, postgresql_where="state = 'standing'"),
        Index(
            "uq_decisions_open",
            "submission_id",
            unique=True,
            postgresql_where="state IN ('taken', 'waiting')",
        ),
    )

    id: Mapped[TakenNumber]
    submission_id: Mapped[SubmissionId]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    editor_id: Mapped[EditorId]
    verdict: Mapped[str]
    state: Mapped[str] = mapped_column(default="taken")
    code: Mapped[str | None]
    message_sealed: Mapped[bytes | None] = mapped_column("message")
    # Id of the first of two required approvals, if this decision follows it, whatever its verdict.
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)
    decided_at: Mapped[Now]
    settles_at: Mapped[Moment]
    undone_by: Mapped[EditorId | None]

    message = SealedWords[str | None]()

    editor: Mapped["Editor"] = relationship(foreign_keys="Decision.editor_id")
    approval: Mapped["Decision | None"] = relationship(remote_side="Decision.id")


OUTCOMES = ("done", "refused", "undone", "waiting")


class Batch(WithWords, Base):
    """A request for one verdict on many submissions. `finished_at` is set once each item has an outcome.

    `messages` is {language: text}. Contributors who use another language get no message.
    A finished batch has no messages: each decision has its own copy, which a purge empties.
    `token` comes from the form, so a second click creates no second batch.
    """

    __tablename__ = "batches"
    __table_args__ = (
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        CheckConstraint("finished_at IS NULL OR octet_length(messages) = 0", name="finished"),
    )

    id: Mapped[Number]
    editor_id: Mapped[EditorId]
    verdict: Mapped[str]
    code: Mapped[str | None]
    messages_sealed: Mapped[bytes] = mapped_column("messages", default=b"", server_default=text("''"))
    token: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    asked_at: Mapped[Now]
    finished_at: Mapped[Moment]
    undone_at: Mapped[Moment]

    SEALED_UNDER, NAMED_BY = "", ("token",)
    messages = SealedJson[dict[str, str]](Scope.INSTALLATION)

    editor: Mapped["Editor"] = relationship()
    items: Mapped[list["BatchItem"]] = relationship(
        order_by="BatchItem.position", cascade="all, delete-orphan"
    )


class BatchItem(Base):
    """A submission in a batch, at the version that the editor saw.

    `problem` is a key of batch_eligibility.PROBLEMS if no decision could be taken.
    """

    __tablename__ = "batch_items"
    __table_args__ = (
        CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),
        CheckConstraint("(outcome = 'refused') = (problem IS NOT NULL)", name="problem"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id"), primary_key=True, index=True
    )
    position: Mapped[int]
    version: Mapped[int]
    outcome: Mapped[str] = mapped_column(default="waiting")
    problem: Mapped[str | None]


class Reply(WithWords, Base):
    """A saved reply to contributors, for one verdict and one language.

    `code` is the reason that fills it in when an editor decides, or None.
    """

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("verdict", "language", "name_term", name="uq_replies_verdict_language_name"),
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        CheckConstraint("octet_length(name) > 0 AND octet_length(body) > 0", name="words"),
    )

    id: Mapped[TakenNumber]
    verdict: Mapped[str]
    code: Mapped[str | None]
    language: Mapped[str]
    name_sealed: Mapped[bytes] = mapped_column("name")
    name_term: Mapped[int] = mapped_column(BigInteger)
    body_sealed: Mapped[bytes] = mapped_column("body")
    changed_at: Mapped[Now]

    SEALED_UNDER = ""
    name = KeyedWords[str](Scope.INSTALLATION, "name_term")
    body = SealedWords[str](Scope.INSTALLATION)
