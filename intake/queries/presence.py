"""Who has a submission open at this moment."""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Editor, Presence, Submission

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
