"""Heartbeats of workers, relays and schedulers."""

from datetime import timedelta
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Moment, Now, one_of

KINDS = ("worker", "relay", "scheduler")
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
