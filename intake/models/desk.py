"""State of the desk: drafts of forms, presence of editors, and saved views of the queue."""

import uuid
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Moment, Now, Number, one_of

KINDS = ("decision", "edit", "message", "note")


class Draft(Base):
    """Unsent contents of a form, one for each editor, submission and kind of form.

    `fields` are the form's fields. `version` is the submission's version when the form's page was opened.
    """

    __tablename__ = "drafts"
    __table_args__ = (CheckConstraint(one_of("kind", KINDS), name="kind"),)

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_at: Mapped[Now]


DOING = ("editing", "reading")


class Presence(Base):
    """An editor who has a submission's page open. Open pages renew `seen_at` every few seconds.

    `page` is a random number of the open page. If there are several, it is the one on which the text is edited.
    From `keeps_since` to `keeps_until`, the editor has asked colleagues to leave the text alone.
    """

    __tablename__ = "presence"
    __table_args__ = (
        CheckConstraint(one_of("doing", DOING), name="doing"),
        CheckConstraint("num_nonnulls(keeps_since, keeps_until) <> 1", name="keeps"),
    )

    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    doing: Mapped[str]
    seen_at: Mapped[Now]
    page: Mapped[int | None] = mapped_column(BigInteger)
    keeps_since: Mapped[Moment]
    keeps_until: Mapped[Moment]


class View(Base):
    """A saved view. `filters` holds the query parameters of the queue. Everybody sees a shared view."""

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
