"""The two sides of the web server: pages of contributors and guests, and pages of editors and admins.

Each side may have its own host or port. Then each host or port answers 404 for the pages of the other side.
"""

from typing import Literal
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from intake.errors import NotFound
from intake.settings import Settings
from intake.web.current import config

Side = Literal["public", "desk"]

SIDES: dict[str, frozenset[Side]] = {
    **dict.fromkeys(("contribute", "uploads", "api", "guest"), frozenset({"public"})),
    **dict.fromkeys(
        (
            "desk",
            "desk_api",
            "feeds",
            "feed_pictures",
            "admin",
            "admin_api",
            "accounts",
            "factors",
            "security",
            "metrics",
        ),
        frozenset({"desk"}),
    ),
    **dict.fromkeys(("health", "magazine"), frozenset({"public", "desk"})),
}
"""Blueprint → sides that have its pages. Static files belong to both."""

DESCRIPTION = "api.openapi"
"""Endpoint of the OpenAPI document, which describes both sides."""
FIRST_PAGE = "contribute.start"


def side() -> Side:
    """Return the side whose pages this request may see."""
    settings = config()
    if settings.web_side != "both":
        return "desk" if settings.web_side == "desk" else "public"
    if settings.desk_bind:
        return (
            "desk"
            if request.environ.get("SERVER_PORT") == settings.desk_bind.rpartition(":")[2]
            else "public"
        )
    return "desk" if request.host == urlsplit(settings.desk_url).netloc else "public"


def init_app(app: Flask, settings: Settings) -> None:
    """Answer 404 for pages of the other side, if the settings tell sides apart."""
    if settings.are_sides_apart:
        app.before_request(_hide_the_other_side)


def _hide_the_other_side() -> ResponseReturnValue | None:
    """Raise NotFound for a page of the other side. The first page of the desk's host leads to the login."""
    seen = g.side = side()
    if request.endpoint in {None, "static", DESCRIPTION}:
        return None
    if seen == "desk" and request.endpoint == FIRST_PAGE and request.method == "GET":
        return redirect(url_for("accounts.start"), 303)
    if seen not in SIDES[request.blueprint or ""]:
        raise NotFound
    return None
