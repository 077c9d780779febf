"""What a queue was like at a moment, for the line that the admin page draws of the last day."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import AwareDateTime, Base
from intake.job_kinds import QUEUES
from intake.models.columns import one_of

EVERY_SECONDS = 300


class QueueSample(Base):
    """`waiting` jobs were due and not begun; so many `came` and `ended`, well or not, in the EVERY_SECONDS before. Canaries are not counted."""

    __tablename__ = "queue_samples"
    __table_args__ = (
        CheckConstraint(one_of("queue", QUEUES), name="queue"),
        CheckConstraint("least(waiting, came, ended) >= 0", name="counts"),
    )

    queue: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(AwareDateTime, primary_key=True)
    waiting: Mapped[int]
    came: Mapped[int]
    ended: Mapped[int]
