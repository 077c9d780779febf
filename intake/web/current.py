"""Settings and database session of the current request."""

from typing import cast

from flask import Flask, current_app, g

from intake.db import ReadSession, reader
from intake.settings import Settings


def config() -> Settings:
    """Return the settings that were given to create_app."""
    return cast("Settings", current_app.extensions["settings"])


def reading() -> ReadSession:
    """Return a new read-only session. All read-only sessions of a request share one database connection."""
    if "reader" not in g:
        g.reader = reader()
    return ReadSession(g.reader)


def init_app(app: Flask) -> None:
    """Release the read connection at the end of each request."""
    app.teardown_appcontext(_give_back)


def release() -> None:
    """Release the database connections of this request before it waits for something else."""
    _give_back(None)
    current_app.extensions["accounts"].remove()


def _give_back(_error: BaseException | None) -> None:
    if "reader" in g:
        g.pop("reader").close()
