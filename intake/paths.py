"""Where templates and static files lie: beside the package in a checkout and in an installation alike."""

from pathlib import Path

PACKAGE = Path(__file__).parent
STATIC = PACKAGE / "static"
TEMPLATES = PACKAGE.parent / "templates"
