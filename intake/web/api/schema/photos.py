"""What is done to photos."""

from intake.photos.retouch.marks import ASPECTS
from intake.web.api.schema.bodies import body
from intake.web.api.schema.operations import CONFLICT, ONE, WRITING, as_json, operation, write
from intake.web.api.schema.parts import NUMBER, SUBMISSION, UUID, Json, listed
from intake.web.forms.photos import HOWS, MOST_MARKS, SHAPES

_PART: Json = {"type": "number", "minimum": 0, "maximum": 1}
_AREA: Json = dict.fromkeys(("x", "y", "width", "height"), _PART)
_MARK: Json = {
    "type": "object",
    "required": list(_AREA),
    "properties": {
        **_AREA,
        "shape": {"enum": list(SHAPES), "default": "box"},
        "how": {"enum": list(HOWS), "default": "solid"},
    },
    "additionalProperties": False,
    "description": "Lengths are parts of the whole photo.",
}
MARKS: Json = {"marks": {**listed(_MARK), "minItems": 1, "maxItems": MOST_MARKS}}
CROP: Json = {
    **_AREA,
    "aspect": {"enum": list(ASPECTS), "default": "free", "description": "The area is fitted to it."},
    "focus_x": {**_PART, "description": "The focal point, in the whole photo. Without one there is none."},
    "focus_y": _PART,
}
_REDACTION = body(MARKS, "marks", marks=[{"x": 0.4, "y": 0.1, "width": 0.2, "height": 0.15, "how": "mosaic"}])
_CROP = body(CROP, *_AREA, x=0, y=0.2, width=1, height=0.5, focus_x=0.5, focus_y=0.4)
_PHOTO: Json = {"name": "photo_id", "in": "path", "required": True, "schema": UUID}
_RETOUCH: Json = {"name": "retouch_id", "in": "path", "required": True, "schema": NUMBER}
_HERE = [SUBMISSION, _PHOTO]
_NO_PHOTO = {"404": "No clean photo of this submission."}
_GONE = {**_NO_PHOTO, "409": "The submission is gone, and its photos with it."}
_LATER = "Until it is done it stands in the `wishes` of the photo, and can be taken back."


def paths() -> Json:
    """All of them."""
    redact = write("redactPhoto", "write", f"Have pixels destroyed. {_LATER}", _REDACTION)
    return {
        f"{ONE}/photos/{{photo_id}}/graphic": {
            "put": _change("markGraphic", "Show it to nobody who did not choose to see it.", _NO_PHOTO),
            "delete": _change("unmarkGraphic", "Not graphic any more.", _NO_PHOTO),
        },
        f"{ONE}/photos/{{photo_id}}/redactions": {"post": {**redact, "parameters": _HERE}},
        f"{ONE}/photos/{{photo_id}}/crop": {
            "put": _crop(),
            "delete": _change("makeWhole", f"Have it made whole again. {_LATER}", _GONE),
        },
        f"{ONE}/photos/{{photo_id}}/retouches/{{retouch_id}}": {"delete": _undo()},
    }


def _change(name: str, summary: str, refusals: dict[str, str]) -> Json:
    return operation(name, "write", summary, as_json("Submission"), refusals, parameters=_HERE)


def _crop() -> Json:
    refusals = {**WRITING, **CONFLICT}
    summary = f"Have it cut to an area of the whole. {_LATER}"
    return operation("cropPhoto", "write", summary, as_json("Submission"), refusals, requestBody=_CROP, parameters=_HERE)  # fmt: skip


def _undo() -> Json:
    refusals = {"404": "Nothing of this photo was asked for under this number.", "409": "It has been done, or was taken back."}  # fmt: skip
    summary = "Take back a redaction or a crop that is not done yet."
    return operation("undoRetouch", "write", summary, as_json("Submission"), refusals, parameters=[*_HERE, _RETOUCH])  # fmt: skip
