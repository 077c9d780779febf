"""Holds answers against the description of the API: its own words must be true of every answer that a test gets."""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from intake.settings import Settings
from intake.web.api.schema import describe


@cache
def document() -> dict[str, Any]:
    """With the settings of nobody."""
    return describe(Settings())


def operation(method: str, address: str) -> dict[str, Any]:
    """What is said of a request."""
    path = urlsplit(address).path
    for template, item in document()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template.replace(".", r"\.")), path):
            found: dict[str, Any] = item[method.lower()]
            return found
    raise KeyError(address)


def hold(value: Any, schema: dict[str, Any]) -> None:
    """Whether a value is as a schema of the document says."""
    whole = {**schema, "components": document()["components"]}
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


def check(method: str, address: str, answer: TestResponse) -> None:
    """The status is one that is named, and the body has the form that is named for it."""
    said = operation(method, address)["responses"][str(answer.status_code)]
    (media,) = said.get("content", {str(answer.mimetype): {}})
    found = str(answer.mimetype)
    assert re.fullmatch(re.escape(media).replace(r"\*", ".+"), found)
    if found.endswith("json"):
        hold(answer.get_json(), said["content"][media]["schema"])
