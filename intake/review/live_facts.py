"""Recent events of submissions, sent to pages of the desk that are open in a browser."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, not_, select
from sqlalchemy.orm import Session

from intake import wording
from intake.models import Editor, Event, Submission
from intake.permissions.reach import EVERYTHING, Reach
from intake.plurals import ENGLISH, Translator

MAX_FACTS = 200
"""Maximum number of events sent to an open page. If there are more, the page has to reload instead."""

OVERLAP = 20
"""Number of event ids before and including the last seen id that are sent again.

Event ids are assigned before the commit, so an id below the last seen one may become visible later.
"""


NEWEST = select(func.max(Event.id))


@dataclass(frozen=True)
class Fact:
    """Event for an open page. `version`, `status`, `section` and `language` are the submission's current values."""

    id: int
    name: str
    submission: uuid.UUID
    version: int
    status: str
    editor: int | None
    by: str | None
    section: str
    language: str


def newest(session: Session) -> int:
    """Return the id of the last event, or 0 if there is no event."""
    return session.scalar(NEWEST) or 0


def facts(session: Session, ids: Sequence[int]) -> list[Fact]:
    """Return the facts of the given events, sorted by id.

    Events without a message in wording.LIVE_MESSAGES are left out.
    """
    return _facts(session, Event.id.in_(ids))


def facts_after(session: Session, number: int, reach: Reach = EVERYTHING) -> list[Fact] | None:
    """Return the facts of events after the id `number`, and of the last OVERLAP ids up to `number`.

    Submissions beyond `reach` are left out. Returns None if there are more than MAX_FACTS.
    """
    found = _facts(session, Event.id > number - OVERLAP, *reach.conditions())
    return found if len(found) <= MAX_FACTS else None


def _facts(session: Session, *which: ColumnElement[bool]) -> list[Fact]:
    query = (
        select(
            Event.id,
            Event.name,
            Submission.id,
            Submission.version,
            Submission.status,
            Editor.id,
            Editor.name,
            Submission.section,
            Submission.language,
        )
        .join(Submission, Submission.id == Event.submission_id)
        .outerjoin(Editor, Editor.id == Event.editor_id)
        .where(*which, Event.name.in_(wording.LIVE_MESSAGES))
        # Open pages of the queue do not announce submissions that look like spam.
        .where(not_(and_(Event.name == "submission.in_review", Submission.suspected)))
        .order_by(Event.id)
        .limit(MAX_FACTS + 1)
    )
    return [
        Fact(number, name, ident, version, status, editor, by, section, language)
        for number, name, ident, version, status, editor, by, section, language in session.execute(query)
    ]


def sentence(fact: Fact, translator: Translator = ENGLISH) -> str:
    """Return the message about an event."""
    by = fact.by or translator.gettext(wording.CONTRIBUTOR)
    return translator.gettext(wording.LIVE_MESSAGES[fact.name]).format(by=by)


def kind_of(session: Session, submission_id: uuid.UUID) -> tuple[str, str] | None:
    """Return the section and the language of a submission. None if there is no such submission."""
    found = session.execute(
        select(Submission.section, Submission.language).where(Submission.id == submission_id)
    ).one_or_none()
    return (found.section, found.language) if found else None
