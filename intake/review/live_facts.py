"""What has happened to submissions, for pages that are open."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake import wording
from intake.models import Editor, Event, Submission

MAX_FACTS = 200
"""More than so many changes are not told one by one: the page is to be loaded again."""

OVERLAP = 20
"""Numbers of events are given before they are committed: who asks for those after one may have missed some before it."""


@dataclass(frozen=True)
class Fact:
    """An event as an open page hears of it. `version` and `status` are those of the submission by now."""

    id: int
    name: str
    submission: uuid.UUID
    version: int
    status: str
    editor: int | None
    sentence: str


def newest(session: Session) -> int:
    """The number of the last event; 0 before the first."""
    return session.scalar(select(func.max(Event.id))) or 0


def facts(session: Session, ids: Sequence[int]) -> list[Fact]:
    """Those of these events that matter to an open page, in their order."""
    return _facts(session, Event.id.in_(ids))


def facts_after(session: Session, number: int) -> list[Fact] | None:
    """Those after an event, and a few before it; None where there are too many."""
    found = _facts(session, Event.id > number - OVERLAP)
    return found if len(found) <= MAX_FACTS else None


def _facts(session: Session, which: ColumnElement[bool]) -> list[Fact]:
    query = (
        select(
            Event.id, Event.name, Submission.id, Submission.version, Submission.status, Editor.id, Editor.name
        )
        .join(Submission, Submission.id == Event.submission_id)
        .outerjoin(Editor, Editor.id == Event.editor_id)
        .where(which, Event.name.in_(wording.LIVE_MESSAGES))
        .order_by(Event.id)
        .limit(MAX_FACTS + 1)
    )
    return [
        Fact(number, name, ident, version, status, editor, _sentence(name, by))
        for number, name, ident, version, status, editor, by in session.execute(query)
    ]


def _sentence(name: str, by: str | None) -> str:
    return wording.LIVE_MESSAGES[name].format(by=by or "The contributor")
