"""Settings and database session of the current request."""

from typing import cast

from flask import Flask, current_app, g, request

from intake.db import ReadSession, reader
from intake.magazine import chosen
from intake.settings import Settings, in_force

UNCHANGING = frozenset({"static", "health.live"})
"""Endpoints that need no settings from the database, and must answer while it is down."""


def config() -> Settings:
    """Return the settings in effect: those given to create_app, with the admins' choices. Constant during a request."""
    if "config" not in g:
        g.config = in_force(cast("Settings", current_app.extensions["settings"]))
    return cast("Settings", g.config)


def reading() -> ReadSession:
    """Return a new read-only session. All read-only sessions of a request share one database connection."""
    if "reader" not in g:
        g.reader = reader()
    return ReadSession(g.reader)


def init_app(app: Flask) -> None:
    """Read changed settings before each request. Release the read connection at its end."""
    app.before_request(_read_settings)
    app.teardown_appcontext(_give_back)


def _read_settings() -> None:
    if request.endpoint not in UNCHANGING:
        chosen.refresh()


def release() -> None:
    """Release the database connections of this request before it waits for something else."""
    _give_back(None)
    current_app.extensions["accounts"].remove()


def _give_back(_error: BaseException | None) -> None:
    if "reader" in g:
        g.pop("reader").close()
