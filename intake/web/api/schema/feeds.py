"""The feeds' routes."""

from intake.web.api.schema.parts import SUBMISSION, TEXT, UUID, Json, content, file, problems

_REFUSALS = problems(
    {
        "401": "No token, or one that opens nothing.",
        "403": "The token lacks the scope feed.",
        "503": "The database is away. Try again in a minute.",
    }
)
_AFTER = {
    "name": "after",
    "in": "query",
    "required": False,
    "schema": TEXT,
    "description": "From the next link.",
}
_SEEN = {"name": "If-None-Match", "in": "header", "required": False, "schema": TEXT}


def _operation(name: str, summary: str, parameters: list[Json], answers: Json) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"token": ["feed"]}, {"password": ["feed"]}],
        "parameters": parameters,
        "responses": {**answers, **_REFUSALS},
    }


def _feed(name: str, summary: str, body: Json) -> Json:
    answers = {
        "200": {"description": "Up to 50 pieces, the newest first.", "content": body},
        "304": {"description": "Nothing has changed."},
    }
    return _operation(name, summary, [_AFTER, _SEEN], answers)


def _photo() -> Json:
    photo = {"name": "photo_id", "in": "path", "required": True, "schema": UUID}
    size = {"name": "size", "in": "path", "required": True, "schema": {"enum": ["full", "web", "thumb"]}}
    answers = {
        "200": {"description": "The bytes.", "content": file("image/*")},
        **problems({"404": "No clean photo of an accepted piece."}),
    }
    return _operation("readFeedPhoto", "A photo of an accepted piece.", [SUBMISSION, photo, size], answers)


PATHS: Json = {
    "/feeds/accepted.json": {
        "get": _feed("feedJson", "Accepted pieces as JSON Feed 1.1.", content({"type": "object"}, "application/feed+json"))
    },
    "/feeds/accepted.atom": {
        "get": _feed("feedAtom", "Accepted pieces as Atom (RFC 4287).", content(TEXT, "application/atom+xml"))
    },
    "/feeds/submissions/{submission_id}/photos/{photo_id}/{size}": {"get": _photo()},
}  # fmt: skip
