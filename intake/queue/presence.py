"""Open pages say that they are open."""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Editor, Presence, Submission
from intake.models.event import announce
from intake.queue.claims import keep_claim

GONE_AFTER = timedelta(minutes=1)
"""One who was silent for so long is news when they come back."""


def be_here(session: Session, submission_id: uuid.UUID, editor: Editor, *, doing: str, busy: bool) -> None:
    """Note that the editor has the page open, reading or editing; one who is `busy` there keeps a claim. NotFound.

    Other open pages hear of it where it is news.
    """
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    if _doing(session, submission_id, editor) != doing:
        announce(session, submission_id)
    seen = insert(Presence).values(submission_id=submission_id, editor_id=editor.id, doing=doing)
    session.execute(
        seen.on_conflict_do_update(
            index_elements=[Presence.submission_id, Presence.editor_id],
            set_={"doing": doing, "seen_at": func.now()},
        )
    )
    if busy:
        keep_claim(session, submission, editor)


def leave(session: Session, submission_id: uuid.UUID, editor: Editor) -> None:
    """The page was closed."""
    announce(session, submission_id)
    session.execute(
        delete(Presence).where(Presence.submission_id == submission_id, Presence.editor_id == editor.id)
    )


def _doing(session: Session, submission_id: uuid.UUID, editor: Editor) -> str | None:
    """What others think that the editor is doing there; None: not there."""
    return session.scalar(
        select(Presence.doing).where(
            Presence.submission_id == submission_id,
            Presence.editor_id == editor.id,
            Presence.seen_at > func.now() - GONE_AFTER,
        )
    )


SILENT_AFTER = timedelta(seconds=50)
"""Two missed signs (the page gives one every 20 s) and a little more."""


def here_now(session: Session, submission_id: uuid.UUID, *, but: int) -> dict[str, Any]:
    """{"version", "people": [{"name", "doing"}]}, those who edit first; without the editor `but`. NotFound."""
    version = session.scalar(select(Submission.version).where(Submission.id == submission_id))
    if version is None:
        raise NotFound
    others = (
        select(Editor.name, Presence.doing)
        .join(Editor, Editor.id == Presence.editor_id)
        .where(
            Presence.submission_id == submission_id,
            Presence.editor_id != but,
            Presence.seen_at > func.now() - SILENT_AFTER,
        )
        .order_by(Presence.doing, Editor.name)
    )
    people = [{"name": row.name, "doing": row.doing} for row in session.execute(others)]
    return {"version": version, "people": people}
