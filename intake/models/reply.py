"""Messages that editors keep ready."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from intake.db import Base
from intake.models.columns import Now, Number, one_of
from intake.models.decision import VERDICTS


class Reply(Base):
    """A message for a verdict in a language, chosen by the language of the contributor."""

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("verdict", "language", "name"),
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        CheckConstraint("btrim(name) <> '' AND btrim(body) <> ''", name="words"),
    )

    id: Mapped[Number]
    verdict: Mapped[str]
    language: Mapped[str]
    name: Mapped[str]
    body: Mapped[str]
    changed_at: Mapped[Now]
