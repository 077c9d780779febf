"""Command line options that all fuzzers share."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import click

FOLDER = Path(tempfile.gettempdir()) / "transom-fuzz"
_OPTIONS = (
    click.option("--minutes", type=click.FloatRange(min=0), default=1, show_default=True),
    click.option("--seed", type=int, help="Do again what a run did that printed this."),
    click.option("--save", type=click.Path(path_type=Path), default=FOLDER, show_default=True),
    click.option(
        "--replay", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="This file alone."
    ),
)


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the shared options to a command. In reverse, because click lists the option that was added last first."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
