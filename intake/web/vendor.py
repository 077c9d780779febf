"""Third-party browser libraries. They are fetched at setup, and may be missing."""

from flask import Flask

from intake.paths import STATIC


def is_vendored(name: str) -> bool:
    """Return whether a library file is installed. Pages work without it."""
    return (STATIC / "vendor" / name).is_file()


def init_app(app: Flask) -> None:
    """Give `is_vendored` to the templates."""
    app.jinja_env.globals["is_vendored"] = is_vendored
