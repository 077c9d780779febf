"""API to write notes to colleagues and messages to the contributor.

Notes and messages are never changed, so requests need no version.
"""

import uuid
from functools import partial
from typing import Annotated, Any

from flask import Response, request

from intake.db import transaction
from intake.errors import KeyReused
from intake.messages.conversation import send_message
from intake.messages.idempotency import Write, once_per_key
from intake.messages.notes import write_note
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import CONFLICT, bp
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.fields import TextRule
from intake.web.api.idempotency_key import BAD_KEY, KEY_CHARACTERS, key_header
from intake.web.api.operation import WithStatus, operation
from intake.web.api.request_body import Body
from intake.web.errors import problem
from intake.web.forms.fields import LETTER_CHARACTERS, NOTE_CHARACTERS, lines
from intake.web.forms.messages import NO_WORDS
from intake.web.token_auth import editor

__all__ = ["bp"]

OTHER_TEXT = "This Idempotency-Key came with another text before. Make a new one for a new text."
WRITTEN: dict[str, Any] = {
    "answers": {201: "Written.", 200: "Written before under this Idempotency-Key."},
    "refusals": CONFLICT,
    "parameters": [key_header("The same key with the same text answers 200 and writes nothing.")],
}


class NoteBody(Body):
    """Note to colleagues."""

    body: Annotated[str, TextRule(NOTE_CHARACTERS, lines, needed=NO_WORDS)]


class MessageBody(Body):
    """Message to the contributor."""

    body: Annotated[str, TextRule(LETTER_CHARACTERS, lines, needed=NO_WORDS)]


@bp.post("/submissions/<uuid:submission_id>/notes")
@program_requires("note.write")
@operation(
    "addNote",
    "Write a note to colleagues. `@` and a name notifies that colleague.",
    example={"body": "@Tomas can you look at the date?"},
    **WRITTEN,
)
def note(submission_id: uuid.UUID, body: NoteBody) -> WithStatus[SubmissionAnswer] | Response:
    """Write a note, and notify the editors that it mentions."""
    return _written(submission_id, "note.written", write_note, body.body)


@bp.post("/submissions/<uuid:submission_id>/messages")
@program_requires("message.send")
@operation("sendMessage", "Write to the contributor.", example={"body": "Was this at night?"}, **WRITTEN)
def message(submission_id: uuid.UUID, body: MessageBody) -> WithStatus[SubmissionAnswer] | Response:
    """Send a message to the contributor, who reads it on the receipt page."""
    return _written(submission_id, "message.sent", send_message, body.body)


def _written(
    submission_id: uuid.UUID, event: str, put: Write, words: str
) -> WithStatus[SubmissionAnswer] | Response:
    """Store the text and answer 201. A repeated Idempotency-Key stores nothing and answers 200."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and len(key) not in KEY_CHARACTERS:
        return _bad_key(400, BAD_KEY)
    one_time = partial(once_per_key, key=key, event=event, write=put) if key else put
    try:
        with transaction() as session:
            new = one_time(session, submission_id, editor(), words)
    except KeyReused:
        return _bad_key(422, OTHER_TEXT)
    return WithStatus(current(submission_id), 201 if new else 200)


def _bad_key(status: int, detail: str) -> Response:
    return problem(status, "Idempotency-Key", detail, code="idempotency_key")
