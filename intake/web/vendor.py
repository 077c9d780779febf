"""Third-party JavaScript libraries. They are downloaded at setup and may be missing."""

from flask import Flask

from intake.paths import STATIC


def is_vendored(name: str) -> bool:
    """Return whether a library file is installed. Pages work without the file."""
    return (STATIC / "vendor" / name).is_file()


def init_app(app: Flask) -> None:
    """Make `is_vendored` available in templates."""
    app.jinja_env.globals["is_vendored"] = is_vendored
