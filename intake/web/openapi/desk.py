"""The desk's routes."""

from typing import Any

from intake.queries.filters import CHOICES, NAMES
from intake.settings import Settings
from intake.web.openapi import bodies
from intake.web.openapi.bodies import body
from intake.web.openapi.parts import (
    NUMBER,
    SUBMISSION,
    TEXT,
    UUID,
    Json,
    content,
    file,
    problems,
    reference,
)  # fmt: skip

PREFIX = "/api/v1/desk/submissions"
ONE = PREFIX + "/{submission_id}"
_ALWAYS = {
    "401": "No token, or one that opens nothing.",
    "403": "The token lacks the scope.",
    "503": "The database is away. Try again in a minute.",
}
_WRITING = {
    "400": "The body is no JSON.",
    "404": "No such submission, or its text is not yet clean.",
    "413": "Larger than this route takes.",
    "415": "The body is not application/json.",
    "422": "A field needs another look; see `errors`.",
}
_CONFLICT = {
    "409": "It changed meanwhile (`stale`), or is where this cannot be done (`illegal_move`). Has the version of now."
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A random value of your own. Sent again with the same text, it answers 200 and writes nothing.",
    "schema": {"type": "string", "minLength": 22, "maxLength": 200},
}
_FILTERS = {
    "q": "Words to look for, in any script.",
    "claimed": "me, nobody, or the number of an editor.",
    "after": "From `next`.",
}
_EMBEDDED = {
    "name": "embedded",
    "in": "query",
    "required": False,
    "description": "y: captions and credits are written into the photos too (IPTC and XMP). Default: not.",
    "schema": {"enum": ["y"]},
}


def paths(settings: Settings) -> Json:
    """All of them."""
    edit = body(bodies.edit(settings), "version", version=3, title="Over the river", body="<p>The ice broke.</p>", note="Shorter")  # fmt: skip
    return {
        PREFIX: {"get": _queue()},
        ONE: {"get": _read("readSubmission", "A submission with everything.")},
        f"{ONE}/cleaning": {"get": _read("readCleaning", "What cleaning changed.", "Cleaning")},
        f"{ONE}/contact-views": {"post": _contact()},
        f"{ONE}/photos/{{photo_id}}/{{size}}": {"get": _photo()},
        f"{ONE}/export.zip": {"get": _export()},
        f"{ONE}/claim": {"put": _claim(), "delete": _release()},
        f"{ONE}/notes": {
            "post": _words("addNote", "Write to the others; @ and a name tells that one.", _NOTE)
        },
        f"{ONE}/messages": {"post": _words("sendMessage", "Write to the contributor.", _LETTER)},
        f"{ONE}/revisions": {"post": _write("revise", "write", "Edit title and text.", edit)},
        f"{ONE}/decisions": {"post": _write("decide", "decide", "Decide.", _DECISION)},
        f"{ONE}/decisions/{{decision_id}}": {"delete": _undo()},
        f"{ONE}/reopenings": {"post": _write("reopen", "decide", "Bring back what was decided.", _VERSION)},
        f"{ONE}/publications": {"post": _write("publish", "decide", "It has appeared.", _PUBLICATION)},
    }


_DECISION = body(bodies.DECISION, "verdict", "version", verdict="reject", version=3, code="late", message="Thank you for this.")  # fmt: skip
_VERSION = body({"version": bodies.VERSION}, "version", version=4)
_PUBLICATION = body(bodies.PUBLICATION, "version", version=4, url="https://magazine.example/river")
_NOTE = body(bodies.NOTE, "body", body="@Tomas can you look at the date?")
_LETTER = body(bodies.LETTER, "body", body="Was this at night?")
_CLAIM = body(bodies.CLAIM, takeover=False)


def _operation(
    name: str, scope: str, summary: str, answers: Json, refusals: dict[str, str], **more: Any
) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"token": [scope]}],
        "parameters": [SUBMISSION],
        **more,
        "responses": {**answers, **problems(dict(sorted({**_ALWAYS, **refusals}.items())))},
    }


def _as_json(schema: str, status: str = "200", words: str = "As it stands.") -> Json:
    return {status: {"description": words, "content": content(reference(schema))}}


def _read(name: str, summary: str, schema: str = "Submission") -> Json:
    return _operation(name, "read", summary, _as_json(schema), {"404": _WRITING["404"]})


def _write(name: str, scope: str, summary: str, sent: Json) -> Json:
    answers = _as_json("Submission", "201", "Done: the submission in its new version.")
    return _operation(name, scope, summary, answers, {**_WRITING, **_CONFLICT}, requestBody=sent)


def _words(name: str, summary: str, sent: Json) -> Json:
    answers = {
        **_as_json("Submission", "201", "Written."),
        **_as_json("Submission", "200", "Written before under this Idempotency-Key."),
    }
    refusals = {**_WRITING, **_CONFLICT}
    return _operation(name, "write", summary, answers, refusals, requestBody=sent, parameters=[SUBMISSION, _KEY])  # fmt: skip


def _claim() -> Json:
    refusals = {**_WRITING, "409": "Somebody else has it (`claimed`), or it is gone."}
    return _operation("claim", "write", "Take it in hand for half an hour.", _as_json("Submission"), refusals, requestBody=_CLAIM)  # fmt: skip


def _release() -> Json:
    return _operation(
        "release", "write", "Let go of one's claim.", _as_json("Submission"), {"404": _WRITING["404"]}
    )


def _undo() -> Json:
    decision = {"name": "decision_id", "in": "path", "required": True, "schema": NUMBER}
    refusals = {
        "404": "No such decision of this submission.",
        "409": "It has taken effect, or was taken back.",
    }
    return _operation("undo", "decide", "Take a decision back.", _as_json("Submission"), refusals, parameters=[SUBMISSION, decision])  # fmt: skip


def _contact() -> Json:
    refusals = {"404": "None was given."}
    return _operation("readContact", "write", "How to reach the contributor. The history says who looked.", _as_json("Contact"), refusals)  # fmt: skip


def _photo() -> Json:
    photo = {"name": "photo_id", "in": "path", "required": True, "schema": UUID}
    size = {"name": "size", "in": "path", "required": True, "schema": {"enum": ["full", "web", "thumb"]}}
    answers = {"200": {"description": "The bytes.", "content": file("image/*")}}
    refusals = {"404": "No clean photo of this submission."}
    return _operation("readPhoto", "read", "A clean copy.", answers, refusals, parameters=[SUBMISSION, photo, size])  # fmt: skip


def _export() -> Json:
    answers = {"200": {"description": "HTML, Markdown, JSON, photos.", "content": file("application/zip")}}
    refusals = {
        "404": "No such submission.",
        "409": "It is not accepted, or a photo still shows what an editor wants gone (`retouch_waits`).",
    }
    return _operation("export", "read", "An accepted piece as a ZIP. The history says who took it.", answers, refusals, parameters=[SUBMISSION, _EMBEDDED])  # fmt: skip


def _queue() -> Json:
    parameters = [
        {"name": name, "in": "query", "required": False, "schema": _filter(name)}
        for name in (*NAMES, "after")
    ]
    refusals = {"422": "A filter that is not known."}
    return _operation("listSubmissions", "read", "A page of the queue.", _as_json("Queue"), refusals, parameters=parameters)  # fmt: skip


def _filter(name: str) -> Json:
    if name == "hours":
        return {**NUMBER, "minimum": 0, "description": "Waits at least so long."}
    return (
        {"enum": sorted(CHOICES[name])}
        if name in CHOICES
        else {**TEXT, "description": _FILTERS.get(name, "")}
    )
