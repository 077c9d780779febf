"""State of the desk: drafts of forms, presence, saved views, assignments, and reading links for guests."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    UniqueConstraint,
    and_,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import AwareDateTime, Base, Bytes
from intake.models.account import Editor
from intake.models.columns import EditorId, Moment, Now, Number, SubmissionId, TakenNumber, one_of
from intake.models.sealing.key_ring import Scope
from intake.models.sealing.words import SealedJson, SealedWords, WithWords

KINDS = ("decision", "edit", "message", "note")


class Draft(WithWords, Base):
    """Unsent contents of a form, one for each editor, submission and kind of form.

    `fields` are the form's fields. `version` is the submission's version when the form's page was opened.
    """

    __tablename__ = "drafts"
    __table_args__ = (CheckConstraint(one_of("kind", KINDS), name="kind"),)

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    fields_sealed: Mapped[bytes] = mapped_column("fields")
    saved_at: Mapped[Now]

    NAMED_BY = ("editor_id", "kind")
    fields = SealedJson[dict[str, Any]](Scope.DESK)


DOING = ("editing", "reading")


class Presence(Base):
    """A page of a submission that an editor has open. Open pages renew `seen_at` every few seconds.

    `page` is a random number of the page. The row of a closed page stays for a while, so that a report that was sent
    before the page was closed, but arrives later, can be ignored. From `keeps_since` to `keeps_until`, the editor has
    asked colleagues not to edit the text.
    """

    __tablename__ = "presence"
    __table_args__ = (
        CheckConstraint(one_of("doing", DOING), name="doing"),
        CheckConstraint("num_nonnulls(keeps_since, keeps_until) <> 1", name="keeps"),
    )

    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    page: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    doing: Mapped[str]
    seen_at: Mapped[Now]
    is_closed: Mapped[bool] = mapped_column(server_default=false())
    keeps_since: Mapped[Moment]
    keeps_until: Mapped[Moment]


class View(Base):
    """A saved view. `sealed` holds its name and the query parameters of the queue. Everybody sees a shared view.

    `name` and `filters` are set only in rows from before views were sealed, which have no `sealed` and no `name_hash`.
    `name_hash` is a keyed hash (HMAC-SHA256).
    """

    __tablename__ = "views"
    __table_args__ = (
        UniqueConstraint("editor_id", "name_hash"),
        CheckConstraint("btrim(name) <> ''", name="name"),
        CheckConstraint("octet_length(name_hash) = 32", name="name_hash"),
        CheckConstraint(
            "num_nonnulls(name, filters) = 2 * num_nulls(sealed)"
            " AND num_nonnulls(sealed) = num_nonnulls(name_hash)",
            name="sealed",
        ),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    name: Mapped[str | None]
    shared: Mapped[bool] = mapped_column(default=False)
    filters: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    sealed: Mapped[bytes | None] = mapped_column(Bytes)
    name_hash: Mapped[bytes | None] = mapped_column(Bytes)
    created_at: Mapped[Now]


PRIORITIES = ("normal", "high")
ASSIGNMENT = ("assigned_to", "due_at")
"""Columns of an assignment that a purge empties."""
DAY = timedelta(days=1)


class Assignable:
    """Columns of a submission: the editor who is responsible for it, by when, and how urgent it is.

    `due_at` is the beginning of the due day in UTC. An assignment lasts, unlike a claim, and excludes nobody.
    """

    assigned_to: Mapped[EditorId | None]
    due_at: Mapped[Moment]
    priority: Mapped[str] = mapped_column(default="normal", server_default=text("'normal'"))

    if TYPE_CHECKING:  # Columns of the submission, which the properties below read.
        lane: Mapped[str | None]
        read_at: Mapped[datetime]

    @property
    def due_on(self) -> date | None:
        """Due day in UTC."""
        return self.due_at.astimezone(UTC).date() if self.due_at else None

    @hybrid_property
    def is_late(self) -> bool:
        """Return whether the due day is over in UTC, and the submission is not done."""
        return (
            self.due_at is not None and self.lane not in {None, "done"} and self.due_at + DAY <= self.read_at
        )

    @is_late.inplace.expression
    @classmethod
    def _is_late(cls) -> ColumnElement[bool]:
        return and_(cls.due_at.is_not(None), cls.lane != "done", cls.due_at <= cls.read_at - DAY)


class ReadingLink(WithWords, Base):
    """A link with which one guest, such as a lawyer, reads one submission in one browser.

    `hash` is the keyed hash of the secret in the link, `cookie_hash` that of the cookie of the browser that opened it.
    Neither secret is stored. `visited_at` is when the guest last came back, to the hour, and `refused_at` when the link was
    last refused in another browser.
    """

    __tablename__ = "reading_links"
    __table_args__ = (
        CheckConstraint("octet_length(name) > 0", name="name"),
        CheckConstraint("octet_length(hash) = 32", name="hash"),
        CheckConstraint("octet_length(cookie_hash) = 32", name="cookie_hash"),
        CheckConstraint("(opened_at IS NULL) = (cookie_hash IS NULL)", name="opened"),
    )

    id: Mapped[TakenNumber]
    submission_id: Mapped[SubmissionId]
    editor_id: Mapped[EditorId]
    name_sealed: Mapped[bytes] = mapped_column("name")
    hash: Mapped[bytes] = mapped_column(unique=True)
    cookie_hash: Mapped[bytes | None]
    shows_photos: Mapped[bool] = mapped_column(default=False, server_default=false())
    allows_download: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[Now]
    expires_at: Mapped[datetime] = mapped_column(AwareDateTime)
    opened_at: Mapped[Moment]
    visited_at: Mapped[Moment]
    refused_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment]

    name = SealedWords[str]()

    editor: Mapped[Editor] = relationship()
