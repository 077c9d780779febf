"""The desk's routes."""

from intake.models.photo import BASE, SIZES
from intake.queue.filters import CHOICES, FIELD_NAMES
from intake.settings import Settings
from intake.web.api.schema import bodies
from intake.web.api.schema.bodies import body
from intake.web.api.schema.operations import CONFLICT, ONE, PREFIX, WRITING, as_json, operation, read, write
from intake.web.api.schema.parts import NUMBER, SUBMISSION, TEXT, UUID, Json, file

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
        ONE: {"get": read("readSubmission", "A submission with everything.")},
        f"{ONE}/cleaning": {"get": read("readCleaning", "What cleaning changed.", "Cleaning")},
        f"{ONE}/contact-views": {"post": _contact()},
        f"{ONE}/photos/{{photo_id}}/{{size}}": {"get": _photo()},
        f"{ONE}/export.zip": {"get": _export()},
        f"{ONE}/claim": {"put": _claim(), "delete": _release()},
        f"{ONE}/notes": {
            "post": _words("addNote", "Write to the others; @ and a name tells that one.", _NOTE)
        },
        f"{ONE}/messages": {"post": _words("sendMessage", "Write to the contributor.", _LETTER)},
        f"{ONE}/revisions": {"post": write("revise", "write", "Edit title and text.", edit)},
        f"{ONE}/decisions": {"post": write("decide", "decide", "Decide.", _DECISION)},
        f"{ONE}/decisions/{{decision_id}}": {"delete": _undo()},
        f"{ONE}/reopenings": {"post": write("reopen", "decide", "Bring back what was decided.", _VERSION)},
        f"{ONE}/publications": {"post": write("publish", "decide", "It has appeared.", _PUBLICATION)},
    }


_DECISION = body(bodies.DECISION, "verdict", "version", verdict="reject", version=3, code="late", message="Thank you for this.")  # fmt: skip
_VERSION = body({"version": bodies.VERSION}, "version", version=4)
_PUBLICATION = body(bodies.PUBLICATION, "version", version=4, url="https://magazine.example/river")
_NOTE = body(bodies.NOTE, "body", body="@Tomas can you look at the date?")
_LETTER = body(bodies.LETTER, "body", body="Was this at night?")
_CLAIM = body(bodies.CLAIM, takeover=False)


def _words(name: str, summary: str, sent: Json) -> Json:
    answers = {
        **as_json("Submission", "201", "Written."),
        **as_json("Submission", "200", "Written before under this Idempotency-Key."),
    }
    refusals = {**WRITING, **CONFLICT}
    return operation(name, "write", summary, answers, refusals, requestBody=sent, parameters=[SUBMISSION, _KEY])  # fmt: skip


def _claim() -> Json:
    refusals = {**WRITING, "409": "Somebody else has it (`claimed`), or it is gone."}
    return operation("claim", "write", "Take it in hand for half an hour.", as_json("Submission"), refusals, requestBody=_CLAIM)  # fmt: skip


def _release() -> Json:
    return operation(
        "release", "write", "Let go of one's claim.", as_json("Submission"), {"404": WRITING["404"]}
    )


def _undo() -> Json:
    decision = {"name": "decision_id", "in": "path", "required": True, "schema": NUMBER}
    refusals = {
        "404": "No such decision of this submission.",
        "409": "It has taken effect, or was taken back.",
    }
    return operation("undo", "decide", "Take a decision back.", as_json("Submission"), refusals, parameters=[SUBMISSION, decision])  # fmt: skip


def _contact() -> Json:
    refusals = {"404": "None was given."}
    return operation("readContact", "write", "How to reach the contributor. The history says who looked.", as_json("Contact"), refusals)  # fmt: skip


def _photo() -> Json:
    photo = {"name": "photo_id", "in": "path", "required": True, "schema": UUID}
    size = {"name": "size", "in": "path", "required": True, "schema": {"enum": [*SIZES, BASE]}}
    answers = {"200": {"description": "The bytes.", "content": file("image/*")}}
    refusals = {"404": "No clean photo of this submission."}
    return operation("readPhoto", "read", "A clean copy.", answers, refusals, parameters=[SUBMISSION, photo, size])  # fmt: skip


def _export() -> Json:
    answers = {"200": {"description": "HTML, Markdown, JSON, photos.", "content": file("application/zip")}}
    refusals = {
        "404": "No such submission.",
        "409": "It is not accepted, or a photo still shows what an editor wants gone (`retouch_waits`).",
    }
    return operation("export", "read", "An accepted piece as a ZIP. The history says who took it.", answers, refusals, parameters=[SUBMISSION, _EMBEDDED])  # fmt: skip


def _queue() -> Json:
    parameters = [
        {"name": name, "in": "query", "required": False, "schema": _filter(name)}
        for name in (*FIELD_NAMES, "after")
    ]
    refusals = {"422": "A filter that is not known."}
    return operation("listSubmissions", "read", "A page of the queue.", as_json("Queue"), refusals, parameters=parameters)  # fmt: skip


def _filter(name: str) -> Json:
    if name == "hours":
        return {**NUMBER, "minimum": 0, "description": "Waits at least so long."}
    return (
        {"enum": sorted(CHOICES[name])}
        if name in CHOICES
        else {**TEXT, "description": _FILTERS.get(name, "")}
    )
