"""Typed classes for request bodies and query strings, and the problem document for invalid ones."""

import typing
from typing import Any, TypeVar

from flask import Response, g, request
from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from intake.web.errors import problem

WRONG = "Some fields need another look"
NO_FIELD = "There is no such field."
NO_NUMBER = "Please send a whole number."
NO_TRUTH = "Please send true or false."
NO_OBJECT = "Please send an object."
NO_LIST = "Please send a list."
NO_TIME = "Please send a time with its zone, such as 2026-03-01T09:30:00Z."
NO_DAY = "Please send a day, such as 2026-03-01."
NO_UUID = "Please send a UUID."

OTHER = "Please send another value."

# Type of a pydantic error → error message. Fields in braces are filled from the error's `ctx`.
SENTENCES = {
    "missing": "Please send this field.",
    "extra_forbidden": NO_FIELD,
    "string_type": "Please send a string.",
    "int_type": NO_NUMBER,
    "int_from_float": NO_NUMBER,
    "int_parsing": NO_NUMBER,
    "int_parsing_size": NO_NUMBER,
    "float_type": "Please send a number.",
    "finite_number": "Please send a number.",
    "bool_type": NO_TRUTH,
    "bool_parsing": NO_TRUTH,
    "list_type": NO_LIST,
    "tuple_type": NO_LIST,
    "dict_type": NO_OBJECT,
    "model_type": NO_OBJECT,
    "model_attributes_type": NO_OBJECT,
    "uuid_type": NO_UUID,
    "uuid_parsing": NO_UUID,
    "datetime_type": NO_TIME,
    "datetime_parsing": NO_TIME,
    "datetime_from_date_parsing": NO_TIME,
    "date_type": NO_DAY,
    "date_parsing": NO_DAY,
    "date_from_datetime_parsing": NO_DAY,
    "date_from_datetime_inexact": NO_DAY,
    "timezone_aware": NO_TIME,
    "literal_error": "Please choose one of {expected}.",
    "string_too_long": "Please keep this to {max_length} characters.",
    "too_long": "Please send at most {max_length} of these.",
    "too_short": "Please send at least {min_length} of these.",
    "greater_than_equal": "Please send a number of at least {ge}.",
    "less_than_equal": "Please send a number of at most {le}.",
    "string_pattern_mismatch": NO_NUMBER,
    "value_error": "{error}",
}


class Body(BaseModel):
    """JSON object of a request body. Values are not converted.

    Unknown fields are errors, because a misspelt `message` would silently be lost.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    def problems(self) -> dict[str, list[str]]:
        """Check rules that involve several fields. Returns field name → error messages."""
        return {}


class QueryString(Body):
    """Query parameters. A request body can contain them too, as an object with string values."""


class Fields(Body):
    """Fields of a multipart or urlencoded body. Unknown fields are ignored, as browsers may send more."""

    model_config = ConfigDict(extra="ignore")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema without null. A form cannot hold null, so a missing field means null."""
        found = handler.resolve_ref_schema(handler(schema))
        for name, one in found["properties"].items():
            kinds = [kind for kind in one.get("anyOf", []) if kind != {"type": "null"}]
            if len(kinds) == 1:
                found["properties"][name] = kinds[0] | {key: one[key] for key in one if key != "anyOf"}
        return found


class InvalidBody(Exception):
    """The request body or query string is invalid. `errors` is field name → error messages."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("a body that cannot be taken")
        self.errors = errors


SomeBody = TypeVar("SomeBody", bound=Body)


def read_body(kind: type[SomeBody]) -> SomeBody:
    """Parse the JSON body of this request.

    Raises InvalidBody, 400 for malformed JSON, 415 for another media type.
    """
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        body = kind.model_validate_json(request.get_data())
    except ValidationError as error:
        raise _refusal(kind, error) from None
    if problems := body.problems():
        raise InvalidBody(problems)
    if "version" in kind.model_fields:
        g.version = body.version  # type: ignore[attr-defined]
    return body


def read_query(kind: type[SomeBody]) -> SomeBody:
    """Parse the query string of this request.

    Raises InvalidBody, also for an unknown parameter. A misspelt filter would return too many results.
    """
    try:
        return kind.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _refusal(kind, error) from None


def read_form(kind: type[SomeBody], **more: Any) -> SomeBody:
    """Parse the form fields of this request.

    `more` has the values of fields that occur several times in the form. Raises InvalidBody.
    """
    try:
        form = kind.model_validate(request.form.to_dict() | more)
    except ValidationError as error:
        raise _refusal(kind, error) from None
    if problems := form.problems():
        raise InvalidBody(problems)
    return form


def invalid(error: InvalidBody) -> Response:
    """Return the 422 problem document. Its `errors` is field name → error messages."""
    return problem(422, WRONG, "See `errors`.", code="invalid", errors=error.errors)


def _refusal(kind: type[Body], error: ValidationError) -> Exception:
    found: dict[str, list[str]] = {}
    for one in error.errors(include_url=False, include_input=False):
        if one["type"] == "json_invalid":
            return BadRequest()
        said = found.setdefault(_field(kind, one), [])
        said += [sentence] if (sentence := _sentence(one)) not in said else []
    return InvalidBody(found)


def _field(kind: type[Body], error: ErrorDetails) -> str:
    """Return the field name under which an error is reported.

    An unknown nested field is reported as `photos: captoin`. A field of a filter is reported by its own name.
    """
    if not error["loc"]:
        return ""
    name, *inner = (str(part) for part in error["loc"])
    if inner and _is_filter(kind.model_fields[name].annotation):
        return inner[-1]
    if inner and inner[-1] == "[key]":
        return f"{name}: {inner[-2]}"
    return f"{name}: {inner[-1]}" if inner and error["type"] == "extra_forbidden" else name


def _is_filter(annotation: Any) -> bool:
    """Return whether the annotation is a QueryString class or has one among its type arguments."""
    inner = (one for one in typing.get_args(annotation) or (annotation,))
    kinds = (getattr(one, "__origin__", one) for one in inner)
    return any(isinstance(one, type) and issubclass(one, QueryString) for one in kinds)


def _sentence(error: ErrorDetails) -> str:
    # Pydantic reports the limits of a number as floats. The message shall say 1, not 1.0.
    context = {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in error.get("ctx", {}).items()
    }
    return SENTENCES.get(error["type"], OTHER).format(**context)
