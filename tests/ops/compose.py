"""docker-compose.yml as Docker would see it: anchors resolved, variables found."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent.parent
# Forms of interpolation in the Compose specification that the file uses: ${NAME}, ${NAME:-default}, ${NAME:?message}.
VARIABLE = re.compile(r"\$\{(\w+)(?::[-?][^}]*)?\}")


@cache
def text() -> str:
    """The file as written."""
    return (ROOT / "docker-compose.yml").read_text("utf-8")


@cache
def compose() -> dict[str, Any]:
    """The file as data."""
    read: dict[str, Any] = yaml.safe_load(text())
    return read


def services() -> dict[str, Any]:
    """All services by name."""
    found: dict[str, Any] = compose()["services"]
    return found


def ours() -> dict[str, Any]:
    """Services that run Transom's own image."""
    return {name: service for name, service in services().items() if "build" in service}


def variables() -> set[str]:
    """Names of all variables that come from .env or the shell."""
    bare = "\n".join(line for line in text().splitlines() if not line.lstrip().startswith("#"))
    assert bare.count("$") == len(VARIABLE.findall(bare)), (
        "a variable is written in a form that is not looked at here"
    )
    return set(VARIABLE.findall(bare))
