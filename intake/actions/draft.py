"""What somebody types is kept before it is sent."""

import uuid
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Draft, Editor, Submission


def save_draft(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    kind: str,
    version: int,
    fields: dict[str, Any],
) -> None:
    """Keep the fields of a form of `kind` (models.draft.KINDS) in place of those before; NotFound."""
    here = select(Submission.id).where(Submission.id == submission_id, Submission.status != "purged")
    # Held, so that what is being purged at this moment does not get a draft afterwards.
    known = session.scalar(here.with_for_update(read=True, key_share=True))
    if known is None:
        raise NotFound
    values = {"version": version, "fields": fields}
    kept = insert(Draft).values(submission_id=submission_id, editor_id=editor.id, kind=kind, **values)
    session.execute(
        kept.on_conflict_do_update(
            index_elements=[Draft.editor_id, Draft.submission_id, Draft.kind],
            set_=values | {"saved_at": func.now()},
        )
    )


def drop_draft(session: Session, submission_id: uuid.UUID, editor: Editor, kind: str) -> None:
    """It was sent, or is not wanted any more."""
    session.execute(
        delete(Draft).where(
            Draft.submission_id == submission_id, Draft.editor_id == editor.id, Draft.kind == kind
        )
    )
