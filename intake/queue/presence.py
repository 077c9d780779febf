"""Presence: which editors have a submission's page open."""

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

ANNOUNCE_AGAIN_AFTER = timedelta(minutes=1)
"""Time without a report from an editor's page after which the editor's next report is announced again."""


def report_presence(
    session: Session, submission_id: uuid.UUID, editor: Editor, *, doing: str, busy: bool
) -> None:
    """Record that the editor has the page open, reading or editing. Raises NotFound.

    If the editor's activity has changed, other open pages are notified. If `busy`, the claim is renewed.
    """
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    if _current_activity(session, submission_id, editor) != doing:
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
    """Record that the editor has closed the page."""
    announce(session, submission_id)
    session.execute(
        delete(Presence).where(Presence.submission_id == submission_id, Presence.editor_id == editor.id)
    )


def _current_activity(session: Session, submission_id: uuid.UUID, editor: Editor) -> str | None:
    """Return the editor's last reported activity (models.desk.DOING), or None if the report is too old."""
    return session.scalar(
        select(Presence.doing).where(
            Presence.submission_id == submission_id,
            Presence.editor_id == editor.id,
            Presence.seen_at > func.now() - ANNOUNCE_AGAIN_AFTER,
        )
    )


HIDDEN_AFTER = timedelta(seconds=50)
"""Time without a report after which an editor is no longer shown.

Open pages report every 20 s, so two reports in a row may be lost.
"""


def present_editors(session: Session, submission_id: uuid.UUID, *, but: int) -> dict[str, Any]:
    """Return {"version", "people": [{"name", "doing"}]}, without the editor `but`. Raises NotFound.

    Editors who edit come before editors who read.
    """
    version = session.scalar(select(Submission.version).where(Submission.id == submission_id))
    if version is None:
        raise NotFound
    others = (
        select(Editor.name, Presence.doing)
        .join(Editor, Editor.id == Presence.editor_id)
        .where(
            Presence.submission_id == submission_id,
            Presence.editor_id != but,
            Presence.seen_at > func.now() - HIDDEN_AFTER,
        )
        .order_by(Presence.doing, Editor.name)
    )
    people = [{"name": row.name, "doing": row.doing} for row in session.execute(others)]
    return {"version": version, "people": people}
