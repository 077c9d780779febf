"""Older revisions."""

from intake.web.api.schema.bodies import VERSION, body
from intake.web.api.schema.operations import ONE, WRITING, as_json, operation, write
from intake.web.api.schema.parts import (
    MAYBE_TEXT,
    NUMBER,
    SUBMISSION,
    TEXT,
    TIME,
    UUID,
    YES_OR_NO,
    Json,
    listed,
    shape,
)
from intake.web.forms.fields import LINE_CHARACTERS

_NUMBER: Json = {"name": "number", "in": "path", "required": True, "schema": NUMBER}
_PAIR: list[Json] = [
    {"name": "from", "in": "query", "required": False, "schema": NUMBER, "description": "Default: the last but one."},
    {"name": "to", "in": "query", "required": False, "schema": NUMBER, "description": "Default: the last."},
]  # fmt: skip
_WORDS = {"note": {**TEXT, "maxLength": LINE_CHARACTERS, "description": "Why."}}
RESTORATION: Json = {"version": VERSION, **_WORDS}
_RESTORATION = body(RESTORATION, "version", version=4, note="The cut went too far")
_DETAILS = shape(
    {
        "section": TEXT,
        "language": TEXT,
        "region": TEXT,
        "tags": listed(TEXT),
        "print_name": TEXT,
        "photos": listed(shape({"id": UUID, "caption": TEXT, "credit": TEXT, "alt": TEXT})),
    }
)
_ROW = shape(
    {
        "kind": {"enum": ["same", "gone", "new", "changed", "gap"]},
        "html": {**TEXT, "description": "Of a changed passage, with <del> and <ins>."},
        "told": TEXT,
        "skipped": {**NUMBER, "description": "Of a gap: passages that are alike."},
    }
)
_ORDER = {"type": ["array", "null"], "items": listed(NUMBER), "description": "Of the photos, then and now."}
SCHEMAS = {
    "OldRevision": shape(
        {
            "number": NUMBER,
            "title": TEXT,
            "html": TEXT,
            "details": {"anyOf": [_DETAILS, {"type": "null"}]},
            "author": MAYBE_TEXT,
            "created_at": TIME,
            "note": MAYBE_TEXT,
        }
    ),
    "Comparison": shape(
        {
            "from": NUMBER,
            "to": NUMBER,
            "text": listed(_ROW),
            "details": listed(shape({"label": TEXT, "html": TEXT, "photo": MAYBE_TEXT})),
            "order": _ORDER,
            "incomplete": {**YES_OR_NO, "description": "Of one of them the details were not kept."},
        }
    ),
}


def paths() -> Json:
    """All of them."""
    restore = write("restore", "write", "Go back: a new revision with what this one held.", _RESTORATION)
    return {
        f"{ONE}/revisions/{{number}}": {"get": _read("readRevision", "A text with all beside it.", "OldRevision", _NUMBER)},
        f"{ONE}/revisions/{{number}}/restore": {"post": {**restore, "parameters": [SUBMISSION, _NUMBER]}},
        f"{ONE}/compare": {"get": _read("compare", "What differs between two revisions.", "Comparison", *_PAIR)},
    }  # fmt: skip


def _read(name: str, summary: str, schema: str, *parameters: Json) -> Json:
    refusals = {"404": "No such revision.", "422": WRITING["422"]}
    return operation(name, "read", summary, as_json(schema), refusals, parameters=[SUBMISSION, *parameters])
