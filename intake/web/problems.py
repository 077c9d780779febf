"""Problem documents for programs (RFC 9457)."""

from typing import Any

from flask import Response, jsonify

API_PREFIX = "/api/"


def problem(code: int, title: str, detail: str, **members: Any) -> Response:
    """`application/problem+json` with the status `code` and any further members."""
    response = jsonify({"type": "about:blank", "title": title, "status": code, "detail": detail, **members})
    response.status_code = code
    response.mimetype = "application/problem+json"
    return response
