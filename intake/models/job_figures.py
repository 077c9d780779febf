"""Statistics about jobs. They stay when the rows of the jobs are deleted."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import AwareDateTime, Base
from intake.job_kinds import QUEUES
from intake.models.columns import one_of

MEASURES = ("wait", "run")
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)
"""Upper bounds of the histogram's buckets, in seconds. One more bucket counts all longer times."""


class JobTotal(Base):
    """One bucket of a histogram of the waiting or running times of ended jobs, without canaries.

    `bucket` is an index into BOUNDS. `count` is the number of jobs, and `seconds` the sum of their times.
    """

    __tablename__ = "job_totals"
    __table_args__ = (
        CheckConstraint(one_of("queue", QUEUES), name="queue"),
        CheckConstraint(one_of("measure", MEASURES), name="measure"),
    )

    queue: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float]


class JobsCounted(Base):
    """A single row. All jobs that ended before `until` are counted in the table `job_totals`."""

    __tablename__ = "jobs_counted"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[datetime] = mapped_column(AwareDateTime)


SAMPLE_SECONDS = 300


class QueueSample(Base):
    """Numbers of jobs in a queue, without canaries, written every SAMPLE_SECONDS for the time `at`.

    `waiting` counts jobs that were due and not started. `came` counts jobs created in the SAMPLE_SECONDS
    before `at`, and `ended` counts jobs that ended in that time. Failed jobs count as ended.
    """

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
