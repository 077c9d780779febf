"""What the desk's operations have in common: scopes, answers, refusals."""

from typing import Any

from intake.web.api.schema.parts import SUBMISSION, Json, content, problems, reference

DESK = "/api/v1/desk"
PREFIX = f"{DESK}/submissions"
ONE = PREFIX + "/{submission_id}"
ALWAYS = {
    "401": "No token, or one that opens nothing.",
    "403": "The token lacks the scope.",
    "503": "The database is away. Try again in a minute.",
}
WRITING = {
    "400": "The body is no JSON.",
    "404": "No such submission, or its text is not yet clean.",
    "413": "Larger than this route takes.",
    "415": "The body is not application/json.",
    "422": "A field needs another look; see `errors`.",
}
CONFLICT = {
    "409": "It changed meanwhile (`stale`), or is where this cannot be done (`illegal_move`). Has the version of now."
}


def operation(
    name: str, scope: str, summary: str, answers: Json, refusals: dict[str, str], **more: Any
) -> Json:
    """One, with what every one of them may refuse."""
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"token": [scope]}],
        "parameters": [SUBMISSION],
        **more,
        "responses": {**answers, **problems(dict(sorted({**ALWAYS, **refusals}.items())))},
    }


def as_json(schema: str, status: str = "200", words: str = "As it stands.") -> Json:
    """An answer that has this form."""
    return {status: {"description": words, "content": content(reference(schema))}}


def read(name: str, summary: str, schema: str = "Submission") -> Json:
    """It only looks."""
    return operation(name, "read", summary, as_json(schema), {"404": WRITING["404"]})


def write(name: str, scope: str, summary: str, sent: Json) -> Json:
    """It adds to a submission, on the version that was read."""
    answers = as_json("Submission", "201", "Done: the submission in its new version.")
    return operation(name, scope, summary, answers, {**WRITING, **CONFLICT}, requestBody=sent)
