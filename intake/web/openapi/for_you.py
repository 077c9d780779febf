"""What an editor was told of."""

from intake.web.openapi.operations import DESK, ONE, as_json, operation
from intake.web.openapi.parts import NUMBER, SUBMISSION, TEXT, TIME, UUID, Json, listed, shape

_TOLD = shape(
    {
        "submission_id": UUID,
        "title": TEXT,
        "language": TEXT,
        "kind": TEXT,
        "at": TIME,
        "url": {"type": ["string", "null"], "format": "uri", "description": "null: it is gone."},
    }
)
SCHEMAS = {"ForYou": shape({"items": listed(_TOLD), "count": {**NUMBER, "description": "Of all."}})}
_SEEN = operation("seeAll", "write", "All of it is seen.", as_json("ForYou"), {}, parameters=[])
_ONE_SEEN = operation(
    "see", "write", "What there was about one is seen.", as_json("ForYou"), {}, parameters=[SUBMISSION]
)
PATHS: Json = {
    f"{DESK}/for-you": {
        "get": operation("forYou", "read", "What your editor has not seen.", as_json("ForYou"), {}, parameters=[])
    },
    f"{DESK}/for-you/seen": {"post": _SEEN},
    f"{ONE}/seen": {"post": _ONE_SEEN},
}  # fmt: skip
