"""Records for detecting submissions by bots. None of them identifies a submission, a person or an address."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import ContributionTime, EditorId, Now, Number


class RecentText(Base):
    """Keyed hash and similarity sketch of a text of the last days. The words cannot be read from them.

    `seen_at` is rounded down to the precision of the setting `time_grain` (intake/models/contribution_time.py).
    """

    __tablename__ = "recent_texts"

    id: Mapped[Number]
    seen_at: Mapped[ContributionTime]
    exact: Mapped[bytes]
    sketch: Mapped[bytes | None]


class HourlyCount(Base):
    """Number of submissions in an hour: all of them (id 1), and those sent too fast (id 2). `hour` is a keyed hash."""

    __tablename__ = "hourly_counts"
    __table_args__ = (CheckConstraint("id IN (1, 2)", name="kinds"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hour: Mapped[bytes]
    count: Mapped[int]


class PhraseList(Base):
    """A version of the admins' list of phrases. `body` has one phrase on each line. The highest number counts."""

    __tablename__ = "phrase_lists"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str]
    editor_id: Mapped[EditorId]
    created_at: Mapped[Now]
