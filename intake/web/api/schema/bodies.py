"""What the desk is sent, each with an example."""

from intake.decisions.reasons import REASONS
from intake.languages import NAMES
from intake.models.decision import VERDICTS
from intake.settings import Settings
from intake.web.api.schema.parts import MAYBE_TEXT, NUMBER, TEXT, UUID, YES_OR_NO, Json
from intake.web.forms.decision import URL_CHARACTERS
from intake.web.forms.edit import EDIT_FACTOR, TAGS
from intake.web.forms.fields import (
    CAPTION_CHARACTERS,
    LETTER_CHARACTERS,
    LINE_CHARACTERS,
    NOTE_CHARACTERS,
    TITLE_CHARACTERS,
)

VERSION: Json = {**NUMBER, "description": "That of the submission as it was read."}
CODES = [code for codes in REASONS.values() for code in codes]
NOTE: Json = {"body": {**TEXT, "minLength": 1, "maxLength": NOTE_CHARACTERS}}
LETTER: Json = {"body": {**TEXT, "minLength": 1, "maxLength": LETTER_CHARACTERS}}
CLAIM: Json = {"takeover": {**YES_OR_NO, "description": "Take it from who has it; they are told."}}
DECISION: Json = {
    "verdict": {"enum": list(VERDICTS)},
    "version": VERSION,
    "code": {"enum": [*dict.fromkeys(CODES), None], "description": f"Why. Of each verdict: {REASONS}"},
    "message": {
        **MAYBE_TEXT,
        "maxLength": NOTE_CHARACTERS,
        "description": "The contributor reads it.",
    },
    "no_message": {**YES_OR_NO, "description": "Send none: to be said with a rejection that has no message."},
}
PUBLICATION: Json = {
    "version": VERSION,
    "url": {**MAYBE_TEXT, "maxLength": URL_CHARACTERS, "description": "Where it appeared."},
}


def edit(settings: Settings) -> Json:
    """The fields of an edit; the text's cap is that of this newsroom. All but the version may be left out, and then stay."""
    cap = f"HTML, cleaned like a contributor's; up to {EDIT_FACTOR * settings.max_text_bytes} bytes in UTF-8."
    line: Json = {**TEXT, "maxLength": LINE_CHARACTERS}
    words: Json = {**TEXT, "maxLength": CAPTION_CHARACTERS}
    photo = {"id": UUID, "caption": words, "credit": line, "alt": words}
    photos = {"type": "object", "required": ["id"], "properties": photo, "additionalProperties": False}
    return {
        "version": VERSION,
        "title": {**TEXT, "minLength": 1, "maxLength": TITLE_CHARACTERS},
        "body": {**TEXT, "description": cap},
        "section": {"enum": settings.section_names},
        "language": {"enum": sorted(NAMES)},
        "region": line,
        "tags": {"type": "array", "items": TEXT, "maxItems": TAGS},
        "print_name": line,
        "note": {**line, "description": "What was changed."},
        "photos": {"type": "array", "items": photos, "description": "In their new order; others follow."},
    }


def body(fields: Json, *required: str, **example: object) -> Json:
    """A request body of these fields and no others."""
    schema = {
        "type": "object",
        "required": list(required),
        "properties": fields,
        "additionalProperties": False,
    }
    return {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}
