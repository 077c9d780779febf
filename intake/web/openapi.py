"""The description of the API (OpenAPI 3.1), with this newsroom's own limits and sections."""

from typing import Any

from intake import consent
from intake.formats import FORMATS
from intake.languages import NAMES
from intake.settings import Settings
from intake.version import VERSION
from intake.web import openapi_receipts
from intake.web.forms.fields import CAPTION_CHARACTERS, LINE_CHARACTERS, TITLE_CHARACTERS

LINE = {"type": "string", "maxLength": LINE_CHARACTERS}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}
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


def describe(settings: Settings) -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{settings.magazine}: submissions", "version": VERSION},
        "servers": [{"url": settings.base_url}],
        "paths": {
            "/api/v1/submissions": {"post": _create(settings)},
            **openapi_receipts.paths(settings, _photos(settings), _idempotency_key()),
        },
        "components": {
            "schemas": {
                "Problem": PROBLEM,
                "Received": RECEIVED,
                "Status": openapi_receipts.STATUS,
                "Taken": openapi_receipts.TAKEN,
            }
        },
    }


def _create(settings: Settings) -> dict[str, Any]:
    return {
        "operationId": "createSubmission",
        "summary": "Send a text with photos. Nobody needs an account.",
        "parameters": [_idempotency_key()],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _fields(settings)}}},
        "responses": {
            "201": {"description": "Taken in.", "content": _json("application/json", "Received")},
            **{
                code: {"description": words, "content": _json("application/problem+json", "Problem")}
                for code, words in _PROBLEMS.items()
            },
        },
    }


_PROBLEMS = {
    "400": "The Idempotency-Key is too short or too long, or the body is cut short or malformed.",
    "413": "Over a limit; the detail names it.",
    "415": "The body is neither multipart/form-data nor application/x-www-form-urlencoded.",
    "422": "A field needs another look; see `errors`.",
    "503": "The database is away. Send the same request again with the same Idempotency-Key.",
}


def _json(media: str, name: str) -> dict[str, Any]:
    return {media: {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _idempotency_key() -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "A random value of your own. Sending it again gives the same receipt, not a second submission.",
        "schema": {"type": "string", "minLength": 22, "maxLength": 200},
    }


def _photos(settings: Settings) -> dict[str, Any]:
    photos: dict[str, Any] = {}
    for i in range(1, settings.max_photos + 1):
        photos |= {
            f"photo-{i}": {"type": "string", "format": "binary"},
            f"caption-{i}": {"type": "string", "maxLength": CAPTION_CHARACTERS},
            f"credit-{i}": LINE,
        }
    return photos


def _fields(settings: Settings) -> dict[str, Any]:
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
            **_photos(settings),
        },
    }
