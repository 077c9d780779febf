"""Periods after which submissions are deleted, as they came into force."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import AwareDateTime, Base


class RetentionStep(Base):
    """Retention period of a rule in a section, in days. It takes effect at `not_before`.

    `rule` is a key of retention.RULES. `section` is "" for sections without rows of their own. A submission is due if one
    of the periods is over and in force. Several rows exist while a shorter period waits for its notice to end.
    """

    __tablename__ = "retention_steps"
    __table_args__ = (CheckConstraint("days > 0", name="days"),)

    rule: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    not_before: Mapped[datetime] = mapped_column(AwareDateTime)
