"""Submissions, their statuses, and how long they have waited."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    String,
    and_,
    case,
    func,
    literal,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import Mapped, column_property, mapped_column, object_session, relationship

from intake import lifecycle
from intake.consent import Consent
from intake.db import Base
from intake.models import contribution_time
from intake.models.columns import LANE, ContributionTime, EditorId, Moment, RandomId, one_of
from intake.models.desk import ASSIGNMENT, PRIORITIES, Assignable, ReadingLink
from intake.models.event import Event, record
from intake.models.sealing.key_ring import Scope
from intake.models.sealing.with_key import WithKey
from intake.models.sealing.words import KeyedList, KeyedWords, SealedWords, WithWords
from intake.models.submission_key import SubmissionKey
from intake.settings import settings

if TYPE_CHECKING:
    from intake.models.account import Editor
    from intake.models.decision import Decision
    from intake.models.message import Message, Note
    from intake.models.photo import Photo
    from intake.models.publication.publication_note import PublicationNote
    from intake.models.revision import Revision


# Columns that are NULL once the submission is purged. `published_url` too: a URL often contains the title.
EMPTIED = (
    "contact", "print_name", "region", "region_term", "published_url", "embargo_until", "original_days", *ASSIGNMENT
)  # fmt: skip


class Submission(WithKey, WithWords, Assignable, Base):
    """A submission. Only `move` writes its status.

    `version` counts the submission's changes. A request based on an older version gets a 409.
    While it is a draft, `received_at` is when it was begun, and `waiting_since` when it was last changed.
    `settles_at` is set while a decision can still be undone.
    `arrival` counts submissions in the order of their arrival, which `received_at` does not tell within a day.
    `waiting_since` is the time of the last status change, or of an edit that ended the embargo early.
    It is exact if an editor made the change, otherwise coarse (intake/models/contribution_time.py).
    `consent_version`, `consent_language` and `consent_text` are what the contributor agreed to. They are empty in a draft,
    and the last two in submissions that arrived before they were stored.
    `flagged` is set if cleaning found something that needs a second look.
    `has_document` is set while a document with the text waits in quarantine, to be read.
    `signals` are signs of a bot or a person (intake/submissions/suspicion/signals.py). `suspected` is set if they
    make the submission suspicious, until an editor first changes the status.
    `corrected_at` is the time of the last correction since the publication. It is None unless it is published.
    Before `embargo_until`, an accepted submission must not leave the desk.
    `original_days` are the days for which the unchanged files of a draft's photos may be kept, None without consent.
    `lane` is a key of lifecycle.LANES, or None for a draft and after a purge.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint(one_of("status", lifecycle.STATUSES), name="status"),
        CheckConstraint(
            f"NOT ({one_of('status', sorted(lifecycle.DECIDED))}) OR decision_id IS NOT NULL", name="decided"
        ),
        CheckConstraint(
            f"NOT ({one_of('status', sorted(lifecycle.SCREENED))}) OR screened_at IS NOT NULL",
            name="screened",
        ),
        CheckConstraint(
            f"status <> 'purged' OR (num_nonnulls({', '.join(EMPTIED)}) = 0 AND octet_length(tags) = 0 AND tag_terms = '{{}}' AND signals = '{{}}'"
            " AND NOT has_document AND priority = 'normal' AND concat(consent_version, consent_language, consent_text) = '')",
            name="purged",
        ),
        CheckConstraint(one_of("priority", PRIORITIES), name="priority"),
        # HMAC-SHA256 of the receipt. The receipt itself is not stored.
        # It is forgotten some time after a purge.
        CheckConstraint(
            "CASE WHEN receipt_hash IS NULL THEN status = 'purged' ELSE octet_length(receipt_hash) = 32 END",
            name="receipt_hash",
        ),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("num_nonnulls(claimed_by, claimed_until) <> 1", name="claim"),
        CheckConstraint("settles_at IS NULL OR decision_id IS NOT NULL", name="settles"),
        CheckConstraint(
            "status NOT IN ('published', 'retracted') OR published_at IS NOT NULL", name="published"
        ),
        CheckConstraint("corrected_at IS NULL OR published_at IS NOT NULL", name="corrected"),
        CheckConstraint("photo_count >= 0", name="photo_count"),
        CheckConstraint("original_days BETWEEN 1 AND 90", name="original_days"),
        # The queue reads each page in order from one of these indexes (docs/bench/desk.md).
        Index("ix_submissions_waiting", "lane", "waiting_since", "arrival"),
        Index("ix_submissions_lane", "lane", "received_at", "arrival"),
        Index("ix_submissions_all", "received_at", "arrival", postgresql_where="lane IS NOT NULL"),
        Index("ix_submissions_queue", "status", "received_at", "arrival"),
        Index("ix_submissions_section", "section", "received_at", "arrival"),
        Index("ix_submissions_language", "language", "received_at", "arrival"),
        Index(
            "ix_submissions_region",
            "region_term",
            "received_at",
            "arrival",
            postgresql_where="region_term IS NOT NULL",
        ),
        Index("ix_submissions_flagged", "received_at", "arrival", postgresql_where="flagged"),
        Index("ix_submissions_document", "id", postgresql_where="has_document"),
        Index("ix_submissions_drafts", "waiting_since", postgresql_where="status = 'draft'"),
        Index("ix_submissions_claimed", "claimed_by", postgresql_where="claimed_by IS NOT NULL"),
        Index("ix_submissions_assigned", "assigned_to", postgresql_where="assigned_to IS NOT NULL"),
        Index("ix_submissions_due", "due_at", "arrival", postgresql_where="due_at IS NOT NULL"),
        Index("ix_submissions_tags", "tag_terms", postgresql_using="gin"),
        # The calendar reads a week of submissions from each of these two indexes.
        Index("ix_submissions_embargo", "embargo_until", postgresql_where="embargo_until IS NOT NULL"),
        Index("ix_submissions_published", "published_at", postgresql_where="published_at IS NOT NULL"),
    )

    id: Mapped[RandomId]
    status: Mapped[str] = mapped_column(default="received")
    version: Mapped[int] = mapped_column(default=1)
    receipt_hash: Mapped[bytes | None] = mapped_column(unique=True)
    language: Mapped[str]
    section: Mapped[str]
    print_name_sealed: Mapped[bytes | None] = mapped_column("print_name")
    contact: Mapped[bytes | None]
    consent_version: Mapped[str]
    consent_language: Mapped[str] = mapped_column(default="", server_default=text("''"))
    consent_text: Mapped[str] = mapped_column(default="", server_default=text("''"))
    received_at: Mapped[ContributionTime]
    arrival: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    screened_at: Mapped[Moment]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id", use_alter=True))
    settles_at: Mapped[Moment]
    waiting_since: Mapped[ContributionTime]
    region_sealed: Mapped[bytes | None] = mapped_column("region")
    region_term: Mapped[int | None] = mapped_column(BigInteger)
    tags_sealed: Mapped[bytes] = mapped_column("tags", default=b"", server_default=text("''"))
    tag_terms: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default=text("'{}'"))
    photo_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    flagged: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    claimed_by: Mapped[EditorId | None]
    claimed_until: Mapped[Moment]
    published_at: Mapped[Moment]
    published_url_sealed: Mapped[bytes | None] = mapped_column("published_url")
    corrected_at: Mapped[Moment]
    embargo_until: Mapped[Moment]
    has_document: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    suspected: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    original_days: Mapped[int | None]
    signals: Mapped[list[str]] = mapped_column(ARRAY(String), default=list, server_default=text("'{}'"))
    lane: Mapped[str | None] = mapped_column(Computed(LANE, persisted=True))

    SEALED_UNDER = "id"
    NAMED_BY = ()
    print_name = SealedWords[str | None]()
    published_url = SealedWords[str | None]()
    region = KeyedWords[str | None](Scope.DESK, "region_term")
    tags = KeyedList(Scope.DESK, "tag_terms")

    # The database's now() comes with each row, so instances and SQL use one clock without an extra query.
    # now() is the start time of the transaction, so all rows read in a transaction have the same value.
    read_at: Mapped[datetime] = column_property(func.now(), expire_on_flush=False)

    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="submission", order_by="Revision.number", cascade="all, delete-orphan"
    )
    photos: Mapped[list["Photo"]] = relationship(
        back_populates="submission", order_by="Photo.position", cascade="all, delete-orphan"
    )
    keys: Mapped[list[SubmissionKey]] = relationship(cascade="all, delete-orphan")
    events: Mapped[list[Event]] = relationship(order_by="Event.id", viewonly=True)
    decision: Mapped["Decision | None"] = relationship(foreign_keys=decision_id, post_update=True)
    claimant: Mapped["Editor | None"] = relationship(foreign_keys="Submission.claimed_by")
    notes: Mapped[list["Note"]] = relationship(order_by="Note.id", cascade="all, delete-orphan")
    reading_links: Mapped[list["ReadingLink"]] = relationship(order_by="ReadingLink.id", viewonly=True)
    messages: Mapped[list["Message"]] = relationship(order_by="Message.id", cascade="all, delete-orphan")
    publication_notes: Mapped[list["PublicationNote"]] = relationship(
        order_by="PublicationNote.id", viewonly=True
    )

    def arrive(self) -> None:
        """Let a draft arrive now, behind all submissions that arrived before it was sent."""
        self.received_at = contribution_time.now()
        self.arrival = func.nextval(func.pg_get_serial_sequence("submissions", "arrival"))

    def move(self, verb: str, *, actor: "Editor | None" = None, **data: Any) -> None:
        """Change the status by `verb`, a key of lifecycle.MOVES, and record its event. Raises IllegalMove."""
        self.status = lifecycle.target_status(verb, self.status)
        self.version += 1
        self.suspected = self.suspected and actor is None
        self.waiting_since = func.now() if actor else contribution_time.now()
        session = object_session(self)
        assert session is not None  # noqa: S101 - a move outside a transaction is a bug
        record(session, lifecycle.MOVES[verb].event, self, actor=actor, **data)

    @hybrid_property
    def is_claimed(self) -> bool:
        """Return whether the claim is valid now, by the database's clock."""
        return self.claimed_until is not None and self.claimed_until > self.read_at

    @is_claimed.inplace.expression
    @classmethod
    def _is_claimed(cls) -> ColumnElement[bool]:
        # Never NULL, so that its negation finds unclaimed submissions.
        return and_(cls.claimed_until.is_not(None), cls.claimed_until > cls.read_at)

    @hybrid_property
    def is_embargoed(self) -> bool:
        """Return whether the embargo has not ended yet, by the database's clock."""
        return self.embargo_until is not None and self.embargo_until > self.read_at

    @is_embargoed.inplace.expression
    @classmethod
    def _is_embargoed(cls) -> ColumnElement[bool]:
        return and_(cls.embargo_until.is_not(None), cls.embargo_until > cls.read_at)

    @hybrid_property
    def available_since(self) -> datetime:
        """Time since which feeds may show the submission: `waiting_since`, or the end of a later embargo.

        Feeds are sorted by this time.
        """
        return max(self.waiting_since, self.embargo_until or self.waiting_since)

    @available_since.inplace.expression
    @classmethod
    def _available_since(cls) -> ColumnElement[datetime]:
        return func.greatest(cls.waiting_since, cls.embargo_until, type_=DateTime(timezone=True))

    def _has_waited(self, time: timedelta) -> bool:
        """Return whether the submission has certainly waited longer than `time`, by the database's clock.

        A wait whose beginning is known to the day is counted from the end of the day.
        """
        return self.waited_until(time) < self.read_at

    @classmethod
    def _has_waited_sql(cls, time: ColumnElement[Any] | timedelta) -> ColumnElement[bool]:
        before, since = cls.read_at - time, cls.waiting_since.expression
        # The first condition follows from the second. It lets an index on `waiting_since` skip newer rows.
        return and_(since < before, contribution_time.latest(since) < before)

    has_waited = hybrid_method(_has_waited, _has_waited_sql)

    def agree(self, agreed: Consent) -> None:
        """Store the text that the contributor agreed to."""
        self.consent_version, self.consent_language = agreed.version, agreed.language
        self.consent_text = agreed.text

    def touch(self) -> None:
        """Store in `waiting_since`, coarsely, that the contributor has just changed the draft."""
        self.waiting_since = contribution_time.now()

    def waited_until(self, time: timedelta) -> datetime:
        """Return the moment from which the submission has certainly waited for `time`."""
        since = self.waiting_since
        return since + settings().grain * contribution_time.is_coarse_moment(since) + time

    def _is_overdue(self, allowed: Mapping[str, timedelta]) -> bool:
        """Return whether the submission has waited for the desk longer than allowed.

        `allowed` is {section: time}, with the key "" for all other sections.
        """
        return self.lane == "ours" and self.has_waited(allowed.get(self.section, allowed[""]))

    @classmethod
    def _overdue_sql(cls, allowed: Mapping[str, timedelta]) -> ColumnElement[bool]:
        sections = {section: time for section, time in allowed.items() if section}
        time = case(sections, value=cls.section, else_=allowed[""]) if sections else literal(allowed[""])
        return and_(cls.lane == "ours", cls._has_waited_sql(time))

    is_overdue = hybrid_method(_is_overdue, _overdue_sql)

    @property
    def short_id(self) -> str:
        """First 8 characters of the id, for people."""
        return short(self.id)


def short(submission_id: UUID) -> str:
    """Return the first 8 characters of an id, enough to distinguish submissions in a list or log."""
    return str(submission_id)[:8]
