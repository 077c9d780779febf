"""Who is at the desk."""

from intake.web.api.schema.operations import DESK, ONE, as_json, operation
from intake.web.api.schema.parts import NUMBER, SUBMISSION, TEXT, TIME, UUID, Json, listed, shape

_EDITOR = shape(
    {
        "id": {**NUMBER, "description": "For the filter `claimed`."},
        "name": {**TEXT, "description": "For mentions, after @."},
    }
)
SCHEMAS = {"Editors": shape({"items": listed(_EDITOR)})}
PATHS: Json = {
    f"{DESK}/editors": {
        "get": operation("listEditors", "read", "Everybody who may be at the desk, by name.", as_json("Editors"), {}, parameters=[])
    },
}  # fmt: skip


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
SCHEMAS |= {"ForYou": shape({"items": listed(_TOLD), "count": {**NUMBER, "description": "Of all."}})}
_SEEN = operation("seeAll", "write", "All of it is seen.", as_json("ForYou"), {}, parameters=[])
_ONE_SEEN = operation(
    "see", "write", "What there was about one is seen.", as_json("ForYou"), {}, parameters=[SUBMISSION]
)
PATHS |= {
    f"{DESK}/for-you": {
        "get": operation("forYou", "read", "What your editor has not seen.", as_json("ForYou"), {}, parameters=[])
    },
    f"{DESK}/for-you/seen": {"post": _SEEN},
    f"{ONE}/seen": {"post": _ONE_SEEN},
}  # fmt: skip
