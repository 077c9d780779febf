"""Checks every API response of the tests against the API's description."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from intake.web.api import openapi

_documents: list[dict[str, Any]] = []


def document(app: Flask) -> dict[str, Any]:
    """Return the API description of the first application. It applies to all others, so it is built once."""
    if not _documents:
        _documents.append(closed(openapi.document(app)))
    return _documents[0]


def closed(node: Any) -> Any:
    """Return the schema with additional members of objects forbidden."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {name: closed(one) for name, one in node.items()}
    return {"additionalProperties": False, **found} if isinstance(node.get("properties"), dict) else found


def operation(app: Flask, method: str, address: str) -> dict[str, Any]:
    """Return the operation of a request."""
    path = urlsplit(address).path
    for template, item in document(app)["paths"].items():
        fits = re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template.replace(".", r"\.")), path)
        if fits and method.lower() in item:
            found: dict[str, Any] = item[method.lower()]
            return found
    raise KeyError(address)


def hold(app: Flask, value: Any, schema: dict[str, Any]) -> None:
    """Validate a value against a schema of the document."""
    whole = {**schema, "components": document(app)["components"]}
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


def check(app: Flask, method: str, address: str, answer: TestResponse) -> None:
    """Assert that the status is described and the body matches its schema."""
    said = operation(app, method, address)["responses"][str(answer.status_code)]
    (media,) = said.get("content", {str(answer.mimetype): {}})
    found = str(answer.mimetype)
    assert re.fullmatch(re.escape(media).replace(r"\*", ".+"), found)
    if found.endswith("json"):
        hold(app, answer.get_json(), said["content"][media]["schema"])
