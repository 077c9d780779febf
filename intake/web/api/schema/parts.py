"""Pieces of the description that several routes share."""

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
MAYBE_TEXT: Json = {"type": ["string", "null"]}
NUMBER: Json = {"type": "integer"}
YES_OR_NO: Json = {"type": "boolean"}
UUID: Json = {"type": "string", "format": "uuid"}
URL: Json = {"type": "string", "format": "uri"}
TIME: Json = {"type": "string", "format": "date-time"}
MAYBE_TIME: Json = {"type": ["string", "null"], "format": "date-time"}
PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": NUMBER,
        "detail": TEXT,
        "code": {**TEXT, "description": "Which problem it is, for a program."},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": TEXT},
            "description": "Field → what to do.",
        },
        "version": {
            **NUMBER,
            "description": "With a 409: the version of now, to be read before trying again.",
        },
        "submission_status": {**TEXT, "description": "With a 409: where it is now."},
        "changes": {"type": "array", "items": TEXT, "description": "With a 409: what happened meanwhile."},
        "may": {"type": "array", "items": TEXT, "description": "With a 409: what can be done now."},
        "reply": {"type": "object", "description": "With a 409 about a reply: as it stands now."},
        "jobs": {
            "type": "object",
            "additionalProperties": TEXT,
            "description": "With a 409 about jobs: number → why not.",
        },
        "count": {**NUMBER, "description": "With a 409 about jobs: how many it is by now."},
        "scope": {**TEXT, "description": "With a 403: the scope that the token lacks."},
    },
}
TOKENS: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token from /desk/tokens or /admin/tokens, with the scope that the route names.",
    },
    "password": {
        "type": "http",
        "scheme": "basic",
        "description": "The same token as the password, with any name, for feed readers.",
    },
}
SUBMISSION: Json = {"name": "submission_id", "in": "path", "required": True, "schema": UUID}


def listed(schema: Json) -> Json:
    """An array of these."""
    return {"type": "array", "items": schema}


def shape(required: Json, **more: Any) -> Json:
    """An object that always has these members; others may come with a later version."""
    return {"type": "object", "required": list(required), "properties": required, **more}


def reference(name: str) -> Json:
    """To a schema under its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def content(schema: Json, media: str = "application/json") -> Json:
    """What a body or an answer holds."""
    return {media: {"schema": schema}}


def file(media: str) -> Json:
    """Bytes."""
    return content({"type": "string", "format": "binary"}, media)


def problems(words: dict[str, str]) -> Json:
    """Answers that are problem documents: status → when."""
    return {
        code: {"description": said, "content": content(reference("Problem"), "application/problem+json")}
        for code, said in words.items()
    }
