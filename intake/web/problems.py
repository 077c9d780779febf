"""Problem documents for programs (RFC 9457)."""

from typing import Any

from flask import Response, jsonify

# Where programs ask, and people do not.
PROGRAMS = ("/api/", "/feeds/")


def problem(status: int, title: str, detail: str, /, **members: Any) -> Response:
    """`application/problem+json` with the status and any further members."""
    response = jsonify({"type": "about:blank", "title": title, "status": status, "detail": detail, **members})
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
