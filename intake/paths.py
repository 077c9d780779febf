"""Paths of templates and static files, the same in a checkout and in an installation."""

from pathlib import Path

PACKAGE = Path(__file__).parent
STATIC = PACKAGE / "static"
TEMPLATES = PACKAGE.parent / "templates"
