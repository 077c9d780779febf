"""Notes among editors, and messages to the contributor. They are added, never changed, and so need no version."""

import uuid
from functools import partial

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from intake.db import transaction
from intake.errors import KeyReused
from intake.messages.conversation import send_message
from intake.messages.idempotency import Write, once_per_key
from intake.messages.notes import write_note
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import answer
from intake.web.api.request_body import read
from intake.web.errors import problem
from intake.web.forms.api_bodies import LetterBody, NoteBody
from intake.web.token_auth import editor

__all__ = ["bp"]

# As for those who send pieces (intake/web/api/public/submissions.py): 128 random bits or more, as text.
KEY_CHARACTERS = range(22, 201)
BAD_KEY = "Idempotency-Key must have 22 to 200 characters: 128 random bits or more."
OTHER_TEXT = "This Idempotency-Key came with another text before. Make a new one for a new text."


@bp.post("/submissions/<uuid:submission_id>/notes")
@scopes("write")
def note(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Write a note; whom it mentions is told."""
    return _written(submission_id, "note.written", write_note, NoteBody)


@bp.post("/submissions/<uuid:submission_id>/messages")
@scopes("write")
def message(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Write to the contributor, who reads it with the receipt."""
    return _written(submission_id, "message.sent", send_message, LetterBody)


def _written(submission_id: uuid.UUID, event: str, put: Write, form: type[FlaskForm]) -> ResponseReturnValue:
    """201; 200 where the same Idempotency-Key was sent before, and nothing was written."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and len(key) not in KEY_CHARACTERS:
        return _bad_key(400, BAD_KEY)
    body = read(form)["body"].data or ""
    one_time = partial(once_per_key, key=key, event=event, write=put) if key else put
    try:
        with transaction() as session:
            new = one_time(session, submission_id, editor(), body)
    except KeyReused:
        return _bad_key(422, OTHER_TEXT)
    return answer(submission_id, 201 if new else 200)


def _bad_key(status: int, detail: str) -> Response:
    return problem(status, "Idempotency-Key", detail, code="idempotency_key")
