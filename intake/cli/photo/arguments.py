"""Argument for files and folders."""

import os
from pathlib import Path

import click

from intake.cli.photo.lines import printable


def _check(context: click.Context, argument: click.Parameter, given: tuple[Path, ...]) -> tuple[Path, ...]:
    """Refuse the arguments if none of the files exists. If only some are missing, the run reports these and continues."""
    if not any(os.path.lexists(path) for path in given):
        raise click.BadParameter(f"{printable(given[0])} does not exist.", context, argument)
    return given


FILES = click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    callback=_check,
    metavar="FILE_OR_FOLDER...",
)
