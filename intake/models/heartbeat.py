"""When each of our processes last said that it lives."""

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
"""A process that was not heard of for so long is listed nowhere, and asked for nothing."""


class Heartbeat(Base):
    """One row a process name; `details` such as the strength of the photo sandbox. A worker that is asked to stop looks here for it."""

    __tablename__ = "heartbeats"
    __table_args__ = (CheckConstraint(one_of("kind", KINDS), name="kind"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    started_at: Mapped[Now]
    seen_at: Mapped[Now]
    stop_asked_at: Mapped[Moment]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
