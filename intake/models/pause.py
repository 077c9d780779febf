"""A queue that is paused, who paused it, and why. One without a row here goes on."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.job_kinds import QUEUES
from intake.models.columns import EditorId, Now, one_of

if TYPE_CHECKING:
    from intake.models.account import Editor


class Pause(Base):
    """While the row is there, no job of the queue is begun; those that come wait in the ledger."""

    __tablename__ = "pauses"
    __table_args__ = (
        CheckConstraint(one_of("queue", QUEUES), name="queue"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    queue: Mapped[str] = mapped_column(primary_key=True)
    # Nobody, where it was paused by a command on the machine.
    editor_id: Mapped[EditorId | None]
    reason: Mapped[str]
    at: Mapped[Now]

    editor: Mapped["Editor | None"] = relationship()
