"""A filter of the queue under a name."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Now, Number


class View(Base):
    """`filters` are the words of the queue's address; a shared one is offered to everybody."""

    __tablename__ = "views"
    __table_args__ = (
        UniqueConstraint("editor_id", "name"),
        CheckConstraint("btrim(name) <> ''", name="name"),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    name: Mapped[str]
    shared: Mapped[bool] = mapped_column(default=False)
    filters: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[Now]
