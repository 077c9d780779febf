"""Request bodies and query strings as typed classes, and what a program is told where one cannot be taken."""

import typing
from typing import Any, TypeVar

from flask import Response, g, request
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from intake.web.errors import problem

WRONG = "Some fields need another look"
NO_FIELD = "There is no such field."
NO_NUMBER = "Please send a whole number."
NO_OBJECT = "Please send an object."
NO_LIST = "Please send a list."
NO_TIME = "Please send a time with its zone, such as 2026-03-01T09:30:00Z."
NO_UUID = "Please send a UUID."

OTHER = "Please send another value."

# Kind of error in pydantic → sentence; `{}` fields are the error's context.
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
    "bool_type": "Please send true or false.",
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
    """A JSON object. No value is converted, and no field may be misspelt: a rejection must not lose its `message`."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    def problems(self) -> dict[str, list[str]]:
        """Rules that no single field can keep: field → what to do."""
        return {}


class QueryString(Body):
    """Words of a query string, or the same words as an object in a body. All values are strings."""


class Fields(Body):
    """Fields of a multipart or urlencoded body. Others may stand beside them, as a browser's form has some."""

    model_config = ConfigDict(extra="ignore")


class InvalidBody(Exception):
    """The body or the query cannot be taken. `errors` maps fields to sentences."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("a body that cannot be taken")
        self.errors = errors


SomeBody = TypeVar("SomeBody", bound=Body)


def read_body(kind: type[SomeBody]) -> SomeBody:
    """The body of this request. Raises InvalidBody, or the HTTP errors 400 and 415 where there is no JSON."""
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
    """The query string of this request. Raises InvalidBody: a misspelt filter would show more than was asked for."""
    try:
        return kind.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _refusal(kind, error) from None


def read_form(kind: type[SomeBody], **more: Any) -> SomeBody:
    """The fields of this request's form; `more` are those that come several times. Raises InvalidBody."""
    try:
        form = kind.model_validate(request.form.to_dict() | more)
    except ValidationError as error:
        raise _refusal(kind, error) from None
    if problems := form.problems():
        raise InvalidBody(problems)
    return form


def invalid(error: InvalidBody) -> Response:
    """The problem document; `errors` says which fields, and what to do."""
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
    """Name of a field. Within it only unknown names are told, as `photos: captoin`; words of a filter stand by themselves."""
    if not error["loc"]:
        return ""
    name, *inner = (str(part) for part in error["loc"])
    if inner and _is_filter(kind.model_fields[name].annotation):
        return inner[-1]
    if inner and inner[-1] == "[key]":
        return f"{name}: {inner[-2]}"
    return f"{name}: {inner[-1]}" if inner and error["type"] == "extra_forbidden" else name


def _is_filter(annotation: Any) -> bool:
    """Return whether a field is or may be a filter."""
    inner = (one for one in typing.get_args(annotation) or (annotation,))
    kinds = (getattr(one, "__origin__", one) for one in inner)
    return any(isinstance(one, type) and issubclass(one, QueryString) for one in kinds)


def _sentence(error: ErrorDetails) -> str:
    # pydantic has the limits of a number as floats, such as 1.0.
    context = {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in error.get("ctx", {}).items()
    }
    return SENTENCES.get(error["type"], OTHER).format(**context)
