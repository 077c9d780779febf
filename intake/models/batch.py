"""One decision on many submissions."""

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, Number, one_of
from intake.models.decision import VERDICTS

if TYPE_CHECKING:
    from intake.models.account import Editor


OUTCOMES = ("done", "refused", "undone", "waiting")


class Batch(Base):
    """What was asked for, by whom; `finished_at` once every item has an outcome.

    `messages` are those for the contributors, by their language; in other languages nobody is written to. `token` is of
    the form that asked: a second click is the same batch.
    """

    __tablename__ = "batches"
    __table_args__ = (CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),)

    id: Mapped[Number]
    editor_id: Mapped[EditorId]
    verdict: Mapped[str]
    code: Mapped[str | None]
    messages: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    token: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    asked_at: Mapped[Now]
    finished_at: Mapped[Moment]
    undone_at: Mapped[Moment]

    editor: Mapped["Editor"] = relationship()
    items: Mapped[list["BatchItem"]] = relationship(
        order_by="BatchItem.position", cascade="all, delete-orphan"
    )


class BatchItem(Base):
    """A submission in the version that the editor saw; `problem` says why it was refused."""

    __tablename__ = "batch_items"
    __table_args__ = (
        CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),
        CheckConstraint("(outcome = 'refused') = (problem IS NOT NULL)", name="problem"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id"), primary_key=True, index=True
    )
    position: Mapped[int]
    version: Mapped[int]
    outcome: Mapped[str] = mapped_column(default="waiting")
    problem: Mapped[str | None]
