"""Texts that admins write in place of the default ones."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import EditorId, Now, one_of

NAMES = ("consent", "introduction")


class MagazineText(Base):
    """A version of a text in one language. The highest number counts. An empty `body` is the default text again."""

    __tablename__ = "magazine_texts"
    __table_args__ = (
        CheckConstraint(one_of("name", NAMES), name="name"),
        CheckConstraint("number > 0", name="number"),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str]
    editor_id: Mapped[EditorId]
    created_at: Mapped[Now]
