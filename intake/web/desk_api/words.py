"""Notes among editors, and messages to the contributor. They are added, never changed, and so need no version."""

import uuid
from functools import partial

from flask import request
from flask.typing import ResponseReturnValue

from intake.actions.note import write_note
from intake.actions.once import once
from intake.actions.write import write
from intake.db import transaction
from intake.web.access import scopes
from intake.web.bearer import editor
from intake.web.desk_api.blueprint import bp
from intake.web.desk_api.body import read
from intake.web.desk_api.submission import answer
from intake.web.forms.desk_api import WordsForm
from intake.web.problems import problem

__all__ = ["bp"]

# As for those who send pieces (intake/web/api.py): 128 random bits or more, as text.
KEY_CHARACTERS = range(22, 201)
BAD_KEY = "Idempotency-Key must have 22 to 200 characters: 128 random bits or more."
WRITERS = {"note.written": write_note, "message.sent": write}


@bp.post("/submissions/<uuid:submission_id>/notes")
@scopes("write")
def note(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Write a note; whom it mentions is told."""
    return _written(submission_id, "note.written")


@bp.post("/submissions/<uuid:submission_id>/messages")
@scopes("write")
def message(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Write to the contributor, who reads it with the receipt."""
    return _written(submission_id, "message.sent")


def _written(submission_id: uuid.UUID, event: str) -> ResponseReturnValue:
    """201; 200 where the same Idempotency-Key was sent before, and nothing was written."""
    key = request.headers.get("Idempotency-Key", "")
    if key and len(key) not in KEY_CHARACTERS:
        return problem(400, "Idempotency-Key", BAD_KEY, code="idempotency_key")
    body = read(WordsForm).body.data or ""
    with transaction() as session:
        put = partial(WRITERS[event], session, submission_id, editor(), body)
        new = once(session, submission_id, editor(), event, key, put) if key else bool(put())
    return answer(submission_id, 201 if new else 200)
