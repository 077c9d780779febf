"""The decorator that reads what a route takes, writes what it answers, and records both for the description."""

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
    """An answer with a status other than the operation's first."""

    value: Value
    status: int


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A route as the description has it. `body`, `query` and `answer` are the types of its view."""

    name: str
    summary: str
    answers: Mapping[int, str]
    """Status → when. The first is that of a view that names none."""
    refusals: Mapping[int, str]
    """Status → when, beside the refusals that follow from its access, its address and its body."""
    parameters: Sequence[Json]
    """Headers, which no class has."""
    path: Mapping[str, Json]
    """Schemas of parts of the address that say more than the rule of the route."""
    example: Mapping[str, Any] | None
    form: Any = None
    """Class with the fields of a multipart body, which the view reads itself."""
    media: Mapping[str, Json] = field(default_factory=dict)
    """Media type → schema, of answers that are no JSON."""
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
    largest: Callable[[Settings], int] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., ResponseReturnValue]]:
    """Give a view its `body` and its `query`, checked, and make JSON of what it returns.

    `largest`: bytes that the body may have, where that is more than of other routes.
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
    """Type of what a view returns, without `Answer` and without a problem document, which it returns as a response."""
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
