"""Decorator of API views. It parses requests, serializes responses, and records their types for OpenAPI."""

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, TypeVar

from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from intake.settings import Settings
from intake.web.api.request_body import Body, QueryString, read_body, read_query
from intake.web.api.serialize import plain
from intake.web.current import config

Json = dict[str, Any]
Value = TypeVar("Value")


@dataclass(frozen=True)
class WithStatus(Generic[Value]):
    """Response value with a status other than the first of the operation's `answers`."""

    value: Value
    status: int


@dataclass(frozen=True, kw_only=True)
class Operation:
    """Operation of the OpenAPI document.

    `body`, `query` and `answer` are types from the view's annotations.
    """

    name: str
    summary: str
    answers: Mapping[int, str]
    """Status → description of the response.

    The first status is sent unless the view returns WithStatus or a Response.
    """
    refusals: Mapping[int, str]
    """Status → description of an error. Errors of access, URL, body and query are added automatically."""
    parameters: Sequence[Json]
    """Request headers and further parameters, as OpenAPI parameter objects."""
    path: Mapping[str, Json]
    """URL variable → schema that is more precise than the Flask URL rule."""
    example: Mapping[str, Any] | None
    form: Any = None
    """Class with the fields of a form body. The view reads the body, not the decorator."""
    media: Mapping[str, Json] = field(default_factory=dict)
    """Media type → schema, for responses that are not described by `answer`."""
    raw: Mapping[str, Json] = field(default_factory=dict)
    """Media type → schema of a request body of bytes. The view reads the body, not the decorator."""
    headers: Mapping[str, Json] = field(default_factory=dict)
    """Header → OpenAPI header object. For successful responses only."""
    body: type[Body] | None = None
    query: type[QueryString] | None = None
    answer: Any = None


def operation(
    name: str,
    summary: str,
    *,
    answers: Mapping[int, str] | None = None,
    refusals: Mapping[int, str] | None = None,
    parameters: Sequence[Json] = (),
    path: Mapping[str, Json] | None = None,
    example: Mapping[str, Any] | None = None,
    form: Any = None,
    media: Mapping[str, Json] | None = None,
    raw: Mapping[str, Json] | None = None,
    headers: Mapping[str, Json] | None = None,
    largest: Callable[[Settings], int] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., ResponseReturnValue]]:
    """Pass the validated `body` and `query` to a view, and serialize its return value as JSON.

    `largest` returns the limit of the request body in bytes. None keeps the application's limit.
    """

    def declare(view: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
        hints = typing.get_type_hints(view, include_extras=True)
        said = Operation(
            name=name,
            summary=summary,
            answers=answers or {200: "Current state."},
            refusals=refusals or {},
            parameters=parameters,
            path=path or {},
            example=example,
            form=form,
            media=media or {},
            raw=raw or {},
            headers=headers or {},
            body=hints.get("body"),
            query=hints.get("query"),
            answer=_answer(hints["return"]),
        )

        @wraps(view)
        def handled(**parts: Any) -> ResponseReturnValue:
            if largest is not None:
                request.max_content_length = largest(config())
            if said.query is not None:
                parts["query"] = read_query(said.query)
            if said.body is not None:
                parts["body"] = read_body(said.body)
            return _response(view(**parts), next(iter(said.answers)))

        handled.operation = said  # type: ignore[attr-defined]
        return handled

    return declare


def _answer(declared: Any) -> Any:
    """Return the response type of a view: its annotation without Response and without WithStatus."""
    if typing.get_origin(declared) in (types.UnionType, typing.Union):
        declared = typing.Union[tuple(one for one in typing.get_args(declared) if one is not Response)]  # noqa: UP007
    return typing.get_args(declared)[0] if typing.get_origin(declared) is WithStatus else declared


def _response(found: Any, status: int) -> Response:
    if isinstance(found, Response):
        return found
    if isinstance(found, WithStatus):
        found, status = found.value, found.status
    response = make_response("") if found is None else jsonify(plain(found))
    response.status_code = status
    return response
