"""The list of phrases that admins keep. Each change is a new version, and an event."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from intake.errors import StaleRevision
from intake.models import Editor, PhraseList, record
from intake.submissions.suspicion.phrases import Phrases

SHOWN = 10


@dataclass(frozen=True)
class Version:
    """A version of the list. `number` is 0 before the first. `author` is the name of the admin."""

    number: int
    body: str
    author: str = ""
    at: datetime | None = None


def current(session: Session) -> Version:
    """Return the newest version."""
    return next(iter(versions(session, 1)), Version(0, ""))


def versions(session: Session, most: int = SHOWN) -> list[Version]:
    """Return the newest versions, newest first."""
    query = (
        select(PhraseList, Editor.name)
        .join(Editor, Editor.id == PhraseList.editor_id)
        .order_by(PhraseList.number.desc())
        .limit(most)
    )
    return [Version(one.number, one.body, name, one.created_at) for one, name in session.execute(query)]


def phrases(session: Session) -> Phrases:
    """Return the phrases of the newest version."""
    return Phrases.parse(current(session).body)


def save(session: Session, admin: Editor, body: str, based_on: int) -> None:
    """Save a new version of the list. Does nothing if the phrases are the same.

    `based_on` is the number of the version that the admin changed. Raises StaleRevision if there is a newer one.
    """
    session.execute(text("LOCK TABLE phrase_lists IN SHARE ROW EXCLUSIVE MODE"))
    newest = current(session)
    if newest.number != based_on:
        raise StaleRevision
    lines = "\n".join(line.strip() for line in body.splitlines() if line.strip())
    if lines == newest.body:
        return
    session.add(PhraseList(number=newest.number + 1, body=lines, editor_id=admin.id, created_at=func.now()))
    record(session, "phrases.changed", actor=admin, version=newest.number + 1)
