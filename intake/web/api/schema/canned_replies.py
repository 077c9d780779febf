"""Replies kept ready."""

from intake.languages import LANGUAGES
from intake.models.decision import VERDICTS
from intake.web.api.schema.bodies import body
from intake.web.api.schema.operations import DESK, ONE, WRITING, as_json, operation
from intake.web.api.schema.parts import NUMBER, SUBMISSION, TEXT, TIME, Json, listed, reference, shape
from intake.web.forms.fields import LINE_CHARACTERS, NOTE_CHARACTERS

_VERDICT: Json = {"enum": list(VERDICTS)}
_LANGUAGE: Json = {"enum": sorted(LANGUAGES)}
REPLY: Json = {
    "verdict": _VERDICT,
    "language": _LANGUAGE,
    "name": {**TEXT, "minLength": 1, "maxLength": LINE_CHARACTERS, "description": "For the editors."},
    "body": {
        **TEXT,
        "minLength": 1,
        "maxLength": NOTE_CHARACTERS,
        "description": "{title} and {magazine} are filled in for a submission.",
    },
}
_SEEN: Json = {"changed_at": {**TIME, "description": "That of the reply as it was read."}}
SCHEMAS = {
    "Reply": shape({"id": NUMBER, **REPLY, "changed_at": TIME}),
    "Replies": shape(
        {
            "items": listed(reference("Reply")),
            "languages": {
                "type": "object",
                "additionalProperties": NUMBER,
                "description": "How many there are in each.",
            },
        }
    ),
    "Ready": shape({"items": listed(reference("Reply"))}),
}
_EXAMPLE = {"verdict": "reject", "language": "en", "name": "Kindly", "body": "Thank you for “{title}”."}
_THEN = "2026-03-01T09:30:00.123456+00:00"
_NEW = body(REPLY, *REPLY, **_EXAMPLE)
_CHANGED = body({**REPLY, **_SEEN}, *REPLY, *_SEEN, **_EXAMPLE, changed_at=_THEN)
_DELETED = body(_SEEN, *_SEEN, changed_at=_THEN)
_ID: Json = {"name": "reply_id", "in": "path", "required": True, "schema": NUMBER}
_OF: Json = {"name": "verdict", "in": "query", "required": False, "schema": _VERDICT, "description": "Default: all."}  # fmt: skip
_IN: Json = {"name": "language", "in": "query", "required": False, "schema": _LANGUAGE, "description": "Default: en."}  # fmt: skip
_NO_REPLY = {"404": "No such reply."}
_NO_WORD = {"422": WRITING["422"]}
_ADDING = {status: said for status, said in WRITING.items() if status != "404"}
_CHANGING = {**WRITING, **_NO_REPLY, "409": "A colleague has changed it (`stale`). Has the `reply` of now."}
PATHS: Json = {
    f"{DESK}/replies": {
        "get": operation("listReplies", "read", "Those of one language.", as_json("Replies"), _NO_WORD, parameters=[_IN, _OF]),
        "post": operation("addReply", "write", "Keep one more.", as_json("Reply", "201", "Kept."), _ADDING, parameters=[], requestBody=_NEW),
    },
    f"{DESK}/replies/{{reply_id}}": {
        "get": operation("readReply", "read", "One.", as_json("Reply"), _NO_REPLY, parameters=[_ID]),
        "put": operation("changeReply", "write", "Put another in its place.", as_json("Reply"), _CHANGING, parameters=[_ID], requestBody=_CHANGED),
    },
    f"{DESK}/replies/{{reply_id}}/deletions": {
        "post": operation("deleteReply", "write", "What was sent with it stays as it was sent.", {"204": {"description": "Gone."}}, _CHANGING, parameters=[_ID], requestBody=_DELETED),
    },
    f"{ONE}/replies": {
        "get": operation("readyReplies", "read", "Filled in for a submission: in its language, then in English.", as_json("Ready"), {"404": WRITING["404"], **_NO_WORD}, parameters=[SUBMISSION, _OF]),
    },
}  # fmt: skip
