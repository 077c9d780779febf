"""Saved views."""

from intake.queue.filters import FIELD_NAMES
from intake.web.api.schema.bodies import body
from intake.web.api.schema.operations import DESK, WRITING, as_json, operation
from intake.web.api.schema.parts import NUMBER, TEXT, URL, YES_OR_NO, Json, listed, reference, shape
from intake.web.forms.queue import VIEW_CHARACTERS

_FILTERS: Json = {
    "type": "object",
    "propertyNames": {"enum": list(FIELD_NAMES)},
    "additionalProperties": TEXT,
}
_NAMED: Json = {
    "name": {**TEXT, "minLength": 1, "maxLength": VIEW_CHARACTERS},
    "shared": {**YES_OR_NO, "description": "Everybody at the desk sees it."},
}
VIEW: Json = {**_NAMED, "filters": _FILTERS}
SCHEMAS = {
    "View": shape({"id": NUMBER, **VIEW, "owner": TEXT, "mine": YES_OR_NO, "count": reference("Count"), "url": URL}),
    "Views": shape({"items": listed(reference("View"))}),
}  # fmt: skip
_NEW = body(VIEW, "name", name="Waiting long", shared=True, filters={"lane": "ours", "hours": "48"})
_CHANGED = body(_NAMED, "name", name="Waiting too long", shared=False)
_NOT_YOURS = {"404": "You have no such view."}
_ID: Json = {"name": "view_id", "in": "path", "required": True, "schema": NUMBER}
_REFUSALS = {status: said for status, said in WRITING.items() if status != "404"}
PATHS: Json = {
    f"{DESK}/views": {
        "get": operation("listViews", "read", "Your editor's and those that others share, with their counts.", as_json("Views"), {}, parameters=[]),
        "post": operation("addView", "write", "Keep filters under a name.", as_json("View", "201", "Kept."), _REFUSALS, parameters=[], requestBody=_NEW),
    },
    f"{DESK}/views/{{view_id}}": {
        "put": operation("changeView", "write", "Name it anew, share it or not.", as_json("View"), {**_REFUSALS, **_NOT_YOURS}, parameters=[_ID], requestBody=_CHANGED),
        "delete": operation("removeView", "write", "Forget it.", {"204": {"description": "Gone."}}, _NOT_YOURS, parameters=[_ID]),
    },
}  # fmt: skip
