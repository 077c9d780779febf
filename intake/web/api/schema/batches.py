"""One decision on several submissions."""

from intake.languages import NAMES
from intake.models.decision import OUTCOMES, STATES, VERDICTS
from intake.web.api.schema.bodies import DECISION, body
from intake.web.api.schema.operations import DESK, WRITING, as_json, operation
from intake.web.api.schema.parts import (
    MAYBE_TEXT,
    MAYBE_TIME,
    NUMBER,
    TEXT,
    TIME,
    URL,
    UUID,
    YES_OR_NO,
    Json,
    listed,
    reference,
    shape,
)
from intake.web.api.schema.responses import STATUS
from intake.web.forms.batches import MOST
from intake.web.forms.fields import NOTE_CHARACTERS
from intake.wording import PROBLEMS

_MAYBE_URL: Json = {"type": ["string", "null"], "format": "uri", "description": "null: it cannot be read."}
_PROBLEM: Json = {"enum": [*PROBLEMS, None], "description": f"Why not: {PROBLEMS}"}
_CHOICE = shape(
    {
        "id": UUID,
        "version": {**NUMBER, "description": "That was sent."},
        "status": STATUS,
        "title": TEXT,
        "language": TEXT,
        "section": TEXT,
        "holder": {**MAYBE_TEXT, "description": "Who has claimed it."},
        "problem": _PROBLEM,
        "url": _MAYBE_URL,
    }
)
_MESSAGE = shape(
    {
        "language": TEXT,
        "readers": {**NUMBER, "description": "So many of `possible`."},
        "message": {**MAYBE_TEXT, "description": "Exactly what they read; null: nothing."},
        "replies": {
            **listed(shape({"id": NUMBER, "name": TEXT, "body": TEXT})),
            "description": "Kept ready for this verdict.",
        },
    }
)
_ERRORS: Json = {
    "type": "object",
    "additionalProperties": listed(TEXT),
    "description": "Field → what to do before it can be asked for.",
}
_LINE = shape(
    {
        "id": UUID,
        "title": TEXT,
        "language": TEXT,
        "outcome": {"enum": list(OUTCOMES)},
        "problem": _PROBLEM,
        "state": {"enum": [*STATES, None], "description": "Of its decision."},
        "url": _MAYBE_URL,
    }
)
SCHEMAS = {
    "Preview": shape(
        {
            "possible": listed(reference("Choice")),
            "left_out": listed(reference("Choice")),
            "messages": listed(_MESSAGE),
            "errors": _ERRORS,
            "token": {**UUID, "description": "To ask with."},
        }
    ),
    "Choice": _CHOICE,
    "Batch": shape(
        {
            "id": NUMBER,
            "url": URL,
            "verdict": {"enum": list(VERDICTS)},
            "editor": TEXT,
            "asked_at": TIME,
            "finished": {**YES_OR_NO, "description": "Each has its outcome."},
            "undone": YES_OR_NO,
            "may_undo": YES_OR_NO,
            "ends_at": {**MAYBE_TIME, "description": "Until when it can be taken back, once it is finished."},
            "items": listed(_LINE),
        }
    ),
}
_SELECTED: Json = {
    "type": "object",
    "required": ["id", "version"],
    "properties": {"id": UUID, "version": {**NUMBER, "description": "That was read."}},
    "additionalProperties": False,
}
_BODY: Json = {
    "verdict": DECISION["verdict"],
    "code": DECISION["code"],
    "items": {**listed(_SELECTED), "minItems": 1, "maxItems": MOST},
    "messages": {
        "type": ["object", "null"],
        "propertyNames": {"enum": sorted(NAMES)},
        "additionalProperties": {**TEXT, "maxLength": NOTE_CHARACTERS},
        "description": "Language → what contributors read. Nobody is written to in a language that is left out.",
    },
    "token": {**UUID, "description": "Of the preview, or a new one. Sent again, it is the same batch."},
}
_EXAMPLE = {
    "verdict": "reject",
    "code": "late",
    "items": [{"id": "018f6b5e-4c1d-4a7e-9d52-0c4a3f1e7b60", "version": 3}],
    "messages": {"en": "Thank you for this."},
}
_LOOK = body(_BODY, "verdict", "items", **_EXAMPLE)
_ASK = body(_BODY, "verdict", "items", "token", **_EXAMPLE, token="3f0c8e7a-52d4-4d0b-8f57-6a1b9c2e4d11")  # noqa: S106 - it opens nothing
_ID: Json = {"name": "batch_id", "in": "path", "required": True, "schema": NUMBER}
_NO_BATCH = {"404": "No such batch."}
_ASK_REFUSALS = {**WRITING, "404": "One of these was never a submission."}
_LOOK_REFUSALS = {status: said for status, said in WRITING.items() if status != "404"}
_TOO_LATE = {**_NO_BATCH, "409": "All of it has taken effect, or was taken back."}
_ASKED = {**as_json("Batch", "201", "Asked for."), **as_json("Batch", "200", "This token has asked before.")}
PATHS: Json = {
    f"{DESK}/batches/preview": {
        "post": operation("previewBatch", "read", "What one decision on several would do. Nothing is done.", as_json("Preview"), _LOOK_REFUSALS, parameters=[], requestBody=_LOOK),
    },
    f"{DESK}/batches": {
        "post": operation("askBatch", "decide", "Decide on several. It is done one by one, soon.", _ASKED, _ASK_REFUSALS, parameters=[], requestBody=_ASK),
    },
    f"{DESK}/batches/{{batch_id}}": {
        "get": operation("readBatch", "read", "What became of each.", as_json("Batch"), _NO_BATCH, parameters=[_ID]),
        "delete": operation("undoBatch", "decide", "Take back all that has not taken effect.", as_json("Batch"), _TOO_LATE, parameters=[_ID]),
    },
}  # fmt: skip
