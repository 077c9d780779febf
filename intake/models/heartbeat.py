"""Heartbeats of processes, the load of web processes, and the log of incidents."""

from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Moment, Now, Number, one_of

KINDS = ("worker", "relay", "scheduler", "web")
HEARTBEAT_SECONDS = 5.0
FORGOTTEN_AFTER = timedelta(days=1)
"""Age at which a heartbeat is ignored. Its process is then not listed, and cannot be asked to stop."""


class Heartbeat(Base):
    """Last heartbeat of a process. There is one row for each process name.

    `details` contains facts such as the strength of the photo sandbox.
    To stop a worker gracefully, set `stop_asked_at`. The worker reads this column at its next heartbeat.
    """

    __tablename__ = "heartbeats"
    __table_args__ = (CheckConstraint(one_of("kind", KINDS), name="kind"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    started_at: Mapped[Now]
    seen_at: Mapped[Now]
    stop_asked_at: Mapped[Moment]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)


WEB_EVENTS = (
    "body_too_slow",
    "upload_cut_off",
    "no_thread",
    "headers_too_slow",
    "connection_closed",
    "login_throttled",
    "stream_closed",
)
"""Requests that the web server refused and connections that it closed, by reason: see docs/ops/metrics.md."""


class WebLoad(Base):
    """Load of a web process. There is a row only while a process has much to do.

    `uploads` and `connections` are open at present, `upload_places` and `connection_places` are their limits.
    `waiting` counts requests that wait for a thread.
    """

    __tablename__ = "web_loads"
    __table_args__ = (
        CheckConstraint(
            "least(uploads, upload_places, waiting, connections, connection_places) >= 0", name="counts"
        ),
    )

    process: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[Now]
    uploads: Mapped[int]
    upload_places: Mapped[int]
    waiting: Mapped[int]
    connections: Mapped[int]
    connection_places: Mapped[int]


class WebTotal(Base):
    """Number of times that the web server refused or ended something, since the installation was made."""

    __tablename__ = "web_totals"
    __table_args__ = (
        CheckConstraint(one_of("event", WEB_EVENTS), name="event"),
        CheckConstraint("count > 0", name="count"),
    )

    event: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


INCIDENT_CAUSES = ("relay", "broker", "no_worker", "stalled", "failing", "paused", "scheduler", "unwatched")
"""Causes of a bad health report, and `unwatched`: for some time, no process checked the health."""


class Incident(Base):
    """Time during which the health report was bad for one reason. The incident is open while `ended_at` is NULL.

    `fault` is the sentence of the health report without figures. `most_waiting` is the largest number of
    submissions that waited. `returned` counts how often the fault came back soon after it had ended.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        CheckConstraint(one_of("cause", INCIDENT_CAUSES), name="cause"),
        CheckConstraint("ended_at >= started_at", name="ended_at"),
        CheckConstraint("least(most_waiting, returned) >= 0", name="counts"),
        Index("ux_incidents_open", text("(true)"), unique=True, postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[Number]
    cause: Mapped[str]
    fault: Mapped[str]
    started_at: Mapped[Now]
    ended_at: Mapped[Moment]
    most_waiting: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)


class HealthWatch(Base):
    """A single row: when the health was last checked, and the last request to the outside monitor.

    `told_ok` is the health that the request reported. `told_error` is empty if the monitor answered well, at `answered_at`.
    """

    __tablename__ = "health_watch"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    looked_at: Mapped[Now]
    told_at: Mapped[Moment]
    told_ok: Mapped[bool | None]
    told_error: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[Moment]
