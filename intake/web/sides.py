"""The two sides of the web server: pages of contributors, and pages of editors and admins.

They may have a host or a port of their own each. Then neither answers for the other.
"""

from typing import Literal
from urllib.parse import urlsplit

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from intake.errors import NotFound
from intake.web.current import config

Side = Literal["public", "desk"]

SIDES: dict[str, frozenset[Side]] = {
    **dict.fromkeys(("contribute", "uploads", "api"), frozenset({"public"})),
    **dict.fromkeys(
        ("desk", "desk_api", "feeds", "admin", "admin_api", "accounts", "factors", "security", "metrics"),
        frozenset({"desk"}),
    ),
    "health": frozenset({"public", "desk"}),
}
"""Blueprint → sides that have its pages. Static files belong to both."""

DESCRIPTION = "api.openapi"
"""Endpoint of the OpenAPI document, which describes both sides."""
FIRST_PAGE = "contribute.start"


def side() -> Side | None:
    """Return the side that this request may see. None: both, on the same host and port."""
    settings = config()
    if settings.web_side != "both":
        return "desk" if settings.web_side == "desk" else "public"
    if settings.desk_bind:
        return (
            "desk"
            if request.environ.get("SERVER_PORT") == settings.desk_bind.rpartition(":")[2]
            else "public"
        )
    if settings.desk_url:
        return "desk" if request.host == urlsplit(settings.desk_url).netloc else "public"
    return None


def is_secure() -> bool:
    """Return whether the address of this request's side uses TLS."""
    return config().is_desk_secure if side() == "desk" else config().secure


def init_app(app: Flask) -> None:
    """Answer 404 for pages of the other side."""
    app.before_request(_hide_the_other_side)
    app.jinja_env.globals["side"] = side


def _hide_the_other_side() -> ResponseReturnValue | None:
    """Raise NotFound for a page of the other side. The first page of the desk's host leads to the login."""
    seen = side()
    if seen is None or request.endpoint in {None, "static", DESCRIPTION}:
        return None
    if seen == "desk" and request.endpoint == FIRST_PAGE and request.method == "GET":
        return redirect(url_for("accounts.start"), 303)
    if seen not in SIDES[request.blueprint or ""]:
        raise NotFound
    return None
