"""Legal holds: submissions that are not deleted when their retention period ends."""

from datetime import date

from sqlalchemy import CheckConstraint, ColumnElement, Date, Index, and_, cast, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, mapped_column

from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, SubmissionId, TakenNumber
from intake.models.sealing.key_ring import Scope
from intake.models.sealing.words import SealedWords, WithWords


class LegalHold(WithWords, Base):
    """A request of a chief editor that a submission is kept, which a second person confirms.

    A confirmed hold counts until the end of the day `until` in UTC, or until it is released. A request that is called off
    has `ended_at`, too. `reason` is emptied by the purge, which deletes the row.
    """

    __tablename__ = "legal_holds"
    __table_args__ = (
        CheckConstraint("octet_length(reason) > 0", name="reason"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed"),
        CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended"),
        CheckConstraint("confirmed_by <> asked_by", name="two_people"),
        # A submission has at most one request that waits for the second person.
        Index(
            "uq_legal_holds_asked",
            "submission_id",
            unique=True,
            postgresql_where="confirmed_at IS NULL AND ended_at IS NULL",
        ),
    )

    id: Mapped[TakenNumber]
    submission_id: Mapped[SubmissionId]
    reason_sealed: Mapped[bytes] = mapped_column("reason")
    until: Mapped[date]
    asked_by: Mapped[EditorId]
    asked_at: Mapped[Now]
    confirmed_by: Mapped[EditorId | None]
    confirmed_at: Mapped[Moment]
    ended_by: Mapped[EditorId | None]
    ended_at: Mapped[Moment]

    reason = SealedWords[str](Scope.DESK)

    today: Mapped[date] = column_property(cast(func.timezone("UTC", func.now()), Date))
    """Day in UTC by the database's clock when the row was read."""

    @hybrid_property
    def is_in_force(self) -> bool:
        """Return whether the hold is confirmed, not released, and not over."""
        return self.confirmed_at is not None and self.ended_at is None and self.until >= self.today

    @is_in_force.inplace.expression
    @classmethod
    def _is_in_force(cls) -> ColumnElement[bool]:
        return and_(cls.confirmed_at.is_not(None), cls.ended_at.is_(None), cls.until >= cls.today)

    @hybrid_property
    def is_asked(self) -> bool:
        """Return whether the request waits for the second person. False once its last day is over."""
        return self.confirmed_at is None and self.ended_at is None and self.until >= self.today

    @is_asked.inplace.expression
    @classmethod
    def _is_asked(cls) -> ColumnElement[bool]:
        return and_(cls.confirmed_at.is_(None), cls.ended_at.is_(None), cls.until >= cls.today)
