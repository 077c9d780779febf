"""Libraries of others that run in the browser: fetched at set-up, and not everywhere to be had."""

from flask import Flask

from intake.paths import STATIC


def is_vendored(name: str) -> bool:
    """Whether this file of a library is there; pages work without."""
    return (STATIC / "vendor" / name).is_file()


def init_app(app: Flask) -> None:
    """Templates ask before they rely on one."""
    app.jinja_env.globals["is_vendored"] = is_vendored
