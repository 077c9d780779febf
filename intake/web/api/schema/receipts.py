"""The part of the API's description that is about coming back with a receipt."""

from typing import Any

from intake.formats import FORMATS
from intake.settings import Settings
from intake.web.forms.fields import LETTER_CHARACTERS, TITLE_CHARACTERS
from intake.wording import contributor_statuses

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_WHEN = {"type": "string", "format": "date-time"}
_YES_OR_NO = {"type": "boolean"}
RECEIPT = {**_TEXT, "description": "As it was given, in any spelling. It must stand before the photos."}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_SENT = _object(["body", "at", "from"], body=_TEXT, at=_WHEN, **{"from": {"enum": ["you", "desk"]}})
_PHOTO = _object(
    ["position", "status"],
    position={"type": "integer"}, status={"enum": ["received", "clean", "refused"]}, caption=_MAYBE, sentence=_TEXT,
    removed=_TEXT,
)  # fmt: skip
_NEW_PHOTO = _object(
    ["position", "status"],
    position={"type": "integer"},
    status={"enum": ["received", "refused"]},
    reason=_MAYBE,
)
STATUS = _object(
    ["status", "received_at", "may_answer", "may_write", "may_withdraw", "messages", "photos"],
    status={"enum": contributor_statuses()},
    received_at=_WHEN,
    may_answer=_YES_OR_NO,
    may_write=_YES_OR_NO,
    may_withdraw=_YES_OR_NO,
    messages=_list(_SENT),
    photos=_list(_PHOTO),
    text=_object(
        ["title", "body", "format", "language"],
        title=_TEXT, body=_TEXT, format={"enum": list(FORMATS)}, language=_TEXT,
    ),
)  # fmt: skip
TAKEN = _object(["status"], status={"const": "received"}, photos=_list(_NEW_PHOTO))

SCHEMAS = {"Status": STATUS, "Taken": TAKEN}


def paths(settings: Settings, photos: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
    """The three addresses; `photos` are the fields of photo rows, `key` the parameter Idempotency-Key."""
    look = _object(["receipt"], receipt=RECEIPT, with_text={"enum": ["yes"]})
    answer = _object(
        ["receipt"],
        receipt=RECEIPT,
        message={**_TEXT, "maxLength": LETTER_CHARACTERS},
        title={**_TEXT, "maxLength": TITLE_CHARACTERS, "description": "Empty: it stays."},
        body={**_TEXT, "description": f"Empty: it stays. Up to {settings.max_text_bytes} bytes in UTF-8."},
        format={"enum": list(FORMATS), "default": "plain"},
        leave_out={**_list({"type": "integer"}), "description": "Positions of photos to delete."},
        **photos,
    )
    letter = _object(
        ["receipt", "letter"],
        receipt=RECEIPT,
        letter={**_TEXT, "minLength": 1, "maxLength": LETTER_CHARACTERS},
    )
    return {
        "/api/v1/receipts/status": _post(
            "receiptStatus", "What became of a submission.", look, [], "200", "Status"
        ),
        "/api/v1/receipts/answers": _post(
            "answerRequest", "Answer a request for changes.", answer, [key], "201", "Taken"
        ),
        "/api/v1/receipts/messages": _post(
            "writeToDesk", "Write to the editors.", letter, [key], "201", "Taken"
        ),
    }


_PROBLEMS = {
    "400": "The Idempotency-Key is too short or too long, or the body is cut short or malformed.",
    "404": "There is no submission of this receipt.",
    "409": "No changes are asked for now, or it is withdrawn.",
    "413": "Over a limit; the detail names it.",
    "415": "The body is neither multipart/form-data nor application/x-www-form-urlencoded.",
    "422": "A field needs another look, or there is nothing in the answer.",
    "429": "Too many messages today.",
    "503": "The database is away. Send the same request again with the same Idempotency-Key.",
}  # fmt: skip


def _post(
    name: str, summary: str, fields: dict[str, Any], parameters: list[Any], code: str, answer: str
) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    schema = {"$ref": f"#/components/schemas/{answer}"}
    return {
        "post": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": fields}}},
            "responses": {
                code: {"description": "Done.", "content": {"application/json": {"schema": schema}}},
                **{code: {"description": words, "content": problem} for code, words in _PROBLEMS.items()},
            },
        }
    }
