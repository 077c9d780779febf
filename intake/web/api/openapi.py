"""OpenAPI 3.1 document, built from the routes, with the limits and sections of the settings."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema
from werkzeug.routing import Rule

from intake.settings import Settings
from intake.version import VERSION
from intake.web.api.operation import Json, Operation
from intake.web.current import config

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
AWAY = {503: "The database is away. Try again in a minute."}
GUARDED = {401: "No token, or one that opens nothing.", 403: "The token lacks the scope."}
NO_SUBMISSION = {404: "No such submission, or its text is not yet clean."}
READING_BODY = {
    400: "The body is no JSON.",
    413: "Larger than this route takes.",
    415: "The body is not application/json.",
}
CHECKED = {422: "A field needs another look; see `errors`."}
# Converter of a Flask URL variable → JSON schema of the variable.
KINDS: dict[str, Json] = {"uuid": {"type": "string", "format": "uuid"}, "int": {"type": "integer"}}
PART = re.compile(r"<(?:(?P<kind>\w+)(?:\((?P<words>[^)]*)\))?:)?(?P<name>\w+)>")
REFERENCE = "#/components/schemas/{model}"
Shapes = dict[tuple[Any, JsonSchemaMode], Json]


def _all_optional(schema: Json) -> None:
    for one in schema["properties"].values():
        one.pop("default", None)


class Problem(BaseModel):
    """Problem document (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra=_all_optional)

    type: str = Field(json_schema_extra={"format": "uri-reference"})
    title: str
    status: int
    detail: str
    code: str = Field("", description="Which problem it is, for a program.")
    errors: dict[str, list[str]] = Field({}, description="Field → what to do.")
    version: int = Field(0, description="With a 409: the current version, to be read before trying again.")
    submission_status: str = Field("", description="With a 409: its current status.")
    changes: list[str] = Field([], description="With a 409: what changed in the meantime.")
    may: list[str] = Field([], description="With a 409: actions that are possible now.")
    reply: dict[str, Any] = Field({}, description="With a 409 about a reply: its current state.")
    jobs: dict[str, str] = Field({}, description="With a 409 about jobs: number → why not.")
    count: int = Field(0, description="With a 409 about jobs: how many match now.")
    scope: str = Field("", description="With a 403: the scope that the token lacks.")


class Generator(GenerateJsonSchema):
    """Generator of JSON schemas without pydantic's generated titles. All fields of responses are required."""

    def field_title_should_be_set(self, _schema: Any) -> bool:
        """Return False. A generated title only repeats the name of its field."""
        return False

    def field_is_required(self, field: Any, total: bool) -> bool:
        """Return True for every field of a response. A response includes fields with default values too."""
        return self.mode == "serialization" or super().field_is_required(field, total)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Drop the defaults of responses, and empty defaults (None, "" and []) of requests."""
        found = super().default_schema(schema)
        if self.mode == "serialization" or found.get("default") in (None, "", []):
            found.pop("default", None)
        return found


def document(app: Flask) -> Json:
    """Return the OpenAPI document. The application keeps it until the settings change."""
    with app.app_context():
        now = config()
        kept: tuple[Settings, Json] | None = app.extensions.get("openapi")
        if kept is None or kept[0] != now:
            kept = app.extensions["openapi"] = (now, _document(app, now))
    return kept[1]


def _document(app: Flask, settings: Settings) -> Json:
    routes = sorted(_routes(app), key=lambda route: route[0].rule)
    shapes, components = _shapes([operation for _, operation, _ in routes])
    paths: Json = {}
    for rule, operation, view in routes:
        method = _method(rule)
        path = PART.sub(r"{\g<name>}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _described(rule, operation, view, shapes)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{settings.magazine}: submissions", "version": VERSION},
        "servers": [{"url": url} for url in dict.fromkeys((settings.base_url, settings.desk_base_url))],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": TOKENS},
    }


def _method(rule: Rule) -> str:
    """Return the method of a route. HEAD belongs to GET, unless the route takes nothing else."""
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"} or {"HEAD"}
    return method


def _routes(app: Flask) -> Iterator[tuple[Rule, Operation, Any]]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if operation := getattr(view, "operation", None):
            yield rule, operation, view


def _shapes(operations: list[Operation]) -> tuple[Shapes, Json]:
    """Return the schema of each request and response type, and the components that the schemas refer to."""
    types: dict[tuple[Any, JsonSchemaMode], TypeAdapter[Any]] = {
        (Problem, "validation"): TypeAdapter(Problem)
    }
    for one in operations:
        for kind in filter(None, (one.body, one.form)):
            types.setdefault((kind, "validation"), TypeAdapter(kind))
        if _is_json(one):
            types.setdefault((one.answer, "serialization"), TypeAdapter(one.answer))
    shapes, rest = TypeAdapter.json_schemas(
        [(kind, mode, adapter) for (kind, mode), adapter in types.items()],
        ref_template=REFERENCE,
        schema_generator=Generator,
    )
    return shapes, _untitled(rest["$defs"])


def _untitled(components: Json) -> Json:
    """Return the components without titles, which would repeat the names of the components."""
    return {
        name: {key: value for key, value in one.items() if key != "title"} for name, one in components.items()
    }


def _is_json(operation: Operation) -> bool:
    return not operation.media and operation.answer not in (type(None), Response)


def _described(rule: Rule, operation: Operation, view: Any, shapes: Shapes) -> Json:
    found: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_path(rule, operation), *_query(operation), *operation.parameters],
        "responses": {**_answers(operation, shapes), **_refusals(rule, operation, view, shapes)},
    }
    if hasattr(view, "scope"):
        kinds = ["token", "password"] if view.basic else ["token"]
        found["security"] = [{kind: [view.scope]} for kind in kinds]
    if operation.body is not None:
        found["requestBody"] = _body("application/json", shapes[operation.body, "validation"], operation)
    if operation.form is not None:
        found["requestBody"] = _body("multipart/form-data", shapes[operation.form, "validation"], operation)
    for media, schema in operation.raw.items():
        found["requestBody"] = _body(media, schema, operation)
    return found


def _path(rule: Rule, operation: Operation) -> Iterator[Json]:
    for part in PART.finditer(rule.rule):
        schema = operation.path.get(part["name"]) or KINDS.get(part["kind"], {"type": "string"})
        if part["kind"] == "any":
            schema = {"enum": part["words"].split(", ")}
        yield {"name": part["name"], "in": "path", "required": True, "schema": schema}


def _query(operation: Operation) -> Iterator[Json]:
    if operation.query is None:
        return
    schema = TypeAdapter(operation.query).json_schema(schema_generator=Generator)
    for name, one in schema.get("properties", {}).items():
        described = {"description": one.pop("description")} if "description" in one else {}
        # A query string cannot hold null: a missing parameter means null. So the alternative `null` is dropped.
        kind = one.pop("anyOf", [{}])[0] | one
        yield {"name": name, "in": "query", "required": False, "schema": kind, **described}


def _body(media: str, schema: Json, operation: Operation) -> Json:
    example = {"example": operation.example} if operation.example is not None else {}
    return {"required": True, "content": {media: {"schema": schema, **example}}}


def _answers(operation: Operation, shapes: Shapes) -> Json:
    content = {media: {"schema": schema} for media, schema in operation.media.items()}
    if _is_json(operation):
        content = {"application/json": {"schema": shapes[operation.answer, "serialization"]}}
    return {
        str(status): {
            "description": said,
            **({"headers": dict(operation.headers)} if operation.headers else {}),
            **({"content": content} if content and status not in {204, 304} else {}),
        }
        for status, said in operation.answers.items()
    }


def _refusals(rule: Rule, operation: Operation, view: Any, shapes: Shapes) -> Json:
    """Return the error responses: those that access, URL, body and query can cause, and `operation.refusals`."""
    found: dict[int, str] = {}
    if hasattr(view, "scope"):
        found |= GUARDED | AWAY
    if "submission_id" in rule.arguments:
        found |= NO_SUBMISSION
    if operation.body is not None:
        found |= READING_BODY
    if operation.body is not None or operation.query is not None:
        found |= CHECKED
    found |= operation.refusals
    content = {"application/problem+json": {"schema": shapes[Problem, "validation"]}}
    return {str(status): {"description": found[status], "content": content} for status in sorted(found)}
