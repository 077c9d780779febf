"""Numbers of deletions for the report. They name no submission."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import one_of

SCOPES = ("submission", "contact", "original")
"""Parts that are deleted: a whole submission, contact details and the contributor's messages, or the unchanged file of a photo."""


class DeletionCount(Base):
    """Number of deletions in a month, of submissions with a status in a section. `month` is its first day in UTC.

    `status` is the status before the deletion.
    """

    __tablename__ = "deletion_counts"
    __table_args__ = (
        CheckConstraint(one_of("scope", SCOPES), name="scope"),
        CheckConstraint("count > 0", name="count"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
