"""`transom photo`: clean, inspect and verify photos by hand. Needs no server and no database."""

import sys
from io import TextIOWrapper
from typing import Any

import click

from intake.cli.photo.cleaning import clean
from intake.cli.photo.inspection import inspect
from intake.cli.photo.verification import verify


class Photos(click.Group):
    """Command group that reports an unusable folder for the copies in one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. For a folder that cannot be written, print one sentence and no traceback."""
        from intake.photos.batch.files import FileTrouble

        for stream in (sys.stdout, sys.stderr):
            # A file name may have characters that the terminal's encoding lacks. They must not end the run.
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except FileTrouble as trouble:
            raise click.ClickException(str(trouble)) from None


@click.group(cls=Photos)
def photo() -> None:
    """Clean photos of all data that could identify their maker.

    Example: transom photo clean holiday.jpg -o cleaned
    """


photo.add_command(clean)
photo.add_command(inspect)
photo.add_command(verify)
