"""Who is at the desk."""

from intake.web.openapi.operations import DESK, as_json, operation
from intake.web.openapi.parts import NUMBER, TEXT, Json, listed, shape

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
