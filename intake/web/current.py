"""The settings of the application that answers this request."""

from typing import cast

from flask import current_app

from intake.settings import Settings


def config() -> Settings:
    """As given to create_app."""
    return cast("Settings", current_app.extensions["settings"])
