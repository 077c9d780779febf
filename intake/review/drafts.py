"""What somebody types is kept before it is sent."""

import uuid
from dataclasses import dataclass
from datetime import datetime
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


def delete_draft(session: Session, submission_id: uuid.UUID, editor: Editor, kind: str) -> None:
    """It was sent, or is not wanted any more."""
    session.execute(
        delete(Draft).where(
            Draft.submission_id == submission_id, Draft.editor_id == editor.id, Draft.kind == kind
        )
    )


Fields = dict[str, list[str]]


@dataclass(frozen=True, repr=False)
class SavedDraft:
    """A draft: `fields` are name → values as the form sent them, `version` that of its page.

    `is_old` if the submission has changed since that page was made.
    """

    kind: str
    version: int
    fields: Fields
    saved_at: datetime
    is_old: bool


def saved_drafts(session: Session, submission_id: uuid.UUID, editor_id: int) -> dict[str, SavedDraft]:
    """This person's drafts of the forms of a submission: kind → draft."""
    found = session.execute(
        select(Draft, Submission.version)
        .join(Submission, Submission.id == Draft.submission_id)
        .where(Draft.submission_id == submission_id, Draft.editor_id == editor_id)
    )
    return {
        draft.kind: SavedDraft(
            draft.kind, draft.version, draft.fields, draft.saved_at, is_old=draft.version != version
        )
        for draft, version in found
    }


def differs(fields: Fields, shown: Fields) -> bool:
    """Whether a draft says something else than the form that is shown; what only one of them has does not count."""
    return any(_as_typed(fields[name]) != _as_typed(shown[name]) for name in fields.keys() & shown.keys())


def _as_typed(values: list[str]) -> list[str]:
    # Browsers send CR LF, and may have added a line at an end.
    return [value.replace("\r\n", "\n").strip() for value in values]
