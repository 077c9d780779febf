"""Drafts: form fields that an editor typed and has not sent yet."""

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
    """Store the fields of a form of `kind` (models.desk.KINDS), replacing an earlier draft.

    Raises NotFound.
    """
    here = select(Submission.id).where(Submission.id == submission_id, Submission.status != "purged")
    # Locked, so that a concurrent purge does not leave a draft behind.
    known = session.scalar(here.with_for_update(read=True, key_share=True))
    if known is None:
        raise NotFound
    here_by = {"submission_id": submission_id, "editor_id": editor.id, "kind": kind}
    sealed = Draft.fields.sealed(session, fields, **here_by)
    kept = insert(Draft).values(**here_by, version=version, fields_sealed=sealed)
    session.execute(
        kept.on_conflict_do_update(
            index_elements=[Draft.editor_id, Draft.submission_id, Draft.kind],
            set_={"version": version, "fields": sealed, "saved_at": func.now()},
        )
    )


def delete_draft(session: Session, submission_id: uuid.UUID, editor: Editor, kind: str) -> None:
    """Delete the draft of a form that was sent or discarded."""
    session.execute(
        delete(Draft).where(
            Draft.submission_id == submission_id, Draft.editor_id == editor.id, Draft.kind == kind
        )
    )


Fields = dict[str, list[str]]


@dataclass(frozen=True, repr=False)
class SavedDraft:
    """Draft of a form.

    `fields` maps names to values as the form sent them. `version` is the submission's version on the form's
    page. `is_old` is true if the submission has changed after that version.
    """

    kind: str
    version: int
    fields: Fields
    saved_at: datetime
    is_old: bool


def saved_drafts(session: Session, submission_id: uuid.UUID, editor_id: int) -> dict[str, SavedDraft]:
    """Return this editor's drafts for the forms of one submission, as {kind of form: draft}."""
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
    """Return whether a draft differs from the form as shown.

    Fields that only the draft or only the form has are ignored.
    """
    return any(_as_typed(fields[name]) != _as_typed(shown[name]) for name in fields.keys() & shown.keys())


def _as_typed(values: list[str]) -> list[str]:
    # Browsers send CR LF and may add a line break at the end.
    return [value.replace("\r\n", "\n").strip() for value in values]
