"""The way in, for which nobody needs a token."""

from intake import consent
from intake.formats import FORMATS
from intake.languages import NAMES
from intake.settings import Settings
from intake.web.api.schema.parts import Json, content, problems, reference
from intake.web.forms.fields import CAPTION_CHARACTERS, LINE_CHARACTERS, TITLE_CHARACTERS

LINE = {"type": "string", "maxLength": LINE_CHARACTERS}
RECEIVED = {
    "type": "object",
    "required": ["receipt", "status", "consent_version", "photos"],
    "properties": {
        "receipt": {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$"},
        "status": {"const": "received"},
        "consent_version": {"type": "string"},
        "photos": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "position": {"type": "integer"},
                    "status": {"enum": ["received", "refused"]},
                    "reason": {"type": ["string", "null"]},
                },
            },
        },
    },
}


SCHEMAS = {"Received": RECEIVED}


def paths(settings: Settings) -> Json:
    """Where anybody sends."""
    return {"/api/v1/submissions": {"post": _create(settings)}, "/api/v1/openapi.json": {"get": _DESCRIPTION}}


def _create(settings: Settings) -> Json:
    return {
        "operationId": "createSubmission",
        "summary": "Send a text with photos. Nobody needs an account.",
        "parameters": [idempotency_key()],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _fields(settings)}}},
        "responses": {
            "201": {"description": "Taken in.", "content": content(reference("Received"))},
            **problems(_PROBLEMS),
        },
    }


_PROBLEMS = {
    "400": "The Idempotency-Key is too short or too long, or the body is cut short or malformed.",
    "413": "Over a limit; the detail names it.",
    "415": "The body is neither multipart/form-data nor application/x-www-form-urlencoded.",
    "422": "A field needs another look; see `errors`.",
    "503": "The database is away. Send the same request again with the same Idempotency-Key.",
}


_DESCRIPTION = {
    "operationId": "describe",
    "summary": "This document.",
    "parameters": [],
    "responses": {"200": {"description": "OpenAPI 3.1.", "content": content({"type": "object"})}},
}


def idempotency_key() -> Json:
    """By which a repeated request is known."""
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "A random value of your own. Sending it again gives the same receipt, not a second submission.",
        "schema": {"type": "string", "minLength": 22, "maxLength": 200},
    }


def photos(settings: Settings) -> Json:
    """The fields of as many photo rows as may be sent."""
    found: Json = {}
    for i in range(1, settings.max_photos + 1):
        found |= {
            f"photo-{i}": {"type": "string", "format": "binary"},
            f"caption-{i}": {"type": "string", "maxLength": CAPTION_CHARACTERS},
            f"credit-{i}": LINE,
        }
    return found


def _fields(settings: Settings) -> Json:
    return {
        "type": "object",
        "required": ["title", "consent"],
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": TITLE_CHARACTERS},
            "body": {"type": "string", "description": f"Up to {settings.max_text_bytes} bytes in UTF-8."},
            "format": {"enum": list(FORMATS), "default": "plain"},
            "language": {"enum": sorted(NAMES), "default": "und"},
            "section": {"enum": settings.section_names, "default": settings.section_names[0]},
            "print_name": LINE,
            "contact": LINE,
            "consent": {"const": "yes", "description": consent.TEXT.format(magazine=settings.magazine)},
            **photos(settings),
        },
    }
