"""Bodies of requests: JSON, checked by the forms of the desk's pages, so that both take and refuse the same."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from flask import Response, g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from intake.web.errors import problem

Form = TypeVar("Form", bound=FlaskForm)

NO_OBJECT = "Please send a JSON object."
NO_FIELD = "There is no such field."
NO_NUMBER = "Please give a whole number."
NO_VALUE = "Please send a string, a number, true, false, null, or a list of strings."


class InvalidBody(Exception):
    """The body cannot be taken: field → what to do."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("a body that cannot be taken")
        self.errors = errors


def read(form: Callable[..., Form], adapt: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> Form:
    """The form, filled from the body and found valid; Refused, or 400 or 415 where there is no JSON.

    `adapt` brings the body into the words of the page's form. A name that the form does not know is refused too: a misspelt `message` must not become a rejection without one.
    """
    sent = request.get_json()
    if not isinstance(sent, dict):
        raise InvalidBody({"": [NO_OBJECT]})
    filled: Form = form(formdata=_as_typed(adapt(sent)), meta={"csrf": False})
    unknown = {name: [NO_FIELD] for name in sent if name not in filled}
    if not filled.validate() or unknown:
        raise InvalidBody({name: list(_sentences(said)) for name, said in filled.errors.items()} | unknown)
    if "version" in filled:
        g.version = filled["version"].data
    return filled


def _as_typed(sent: dict[str, Any]) -> MultiDict[str, str]:
    """As a browser would have sent it: what is null or false is not there."""
    typed: MultiDict[str, str] = MultiDict()
    wrong: dict[str, list[str]] = {}
    for name, value in sent.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, bool) or one is None:
                typed.update({name: "y"} if one else {})
            elif isinstance(one, (str, int)):
                typed.add(name, str(one))
            else:
                wrong[name] = [NO_VALUE]
    if wrong:
        raise InvalidBody(wrong)
    return typed


def _sentences(said: Any) -> Iterator[str]:
    """What is wrong in a field; a list of forms has a mapping for each."""
    if isinstance(said, Mapping):
        said = list(said.values())
    if isinstance(said, (list, tuple)):
        for one in said:
            yield from _sentences(one)
    else:
        yield str(said)


WRONG = "Some fields need another look"


def refused(error: InvalidBody) -> Response:
    """The body cannot be taken; `errors` says which fields, and what to do."""
    return problem(422, WRONG, "See `errors`.", code="invalid", errors=error.errors)


NO_CHOICE = "Please choose one of {}."
