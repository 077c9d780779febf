"""Progress of long uploads, on standard error."""

import sys
import time

import click

PATIENCE = 1.0
"""Seconds before the first line."""
EVERY_ON_TERMINALS, EVERY_IN_LOGS = 0.2, 10.0
"""Seconds between two lines."""


class UploadProgress:
    """Line that says how much of `what` has arrived. On a terminal, each line replaces the one before."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._is_terminal = sys.stderr.isatty()
        self._next = time.monotonic() + PATIENCE
        self._is_shown = False

    def tell(self, done: int, whole: int) -> None:
        """Show how many bytes have arrived, unless something was shown a moment ago."""
        now = time.monotonic()
        is_end = self._is_shown and done == whole
        if now < self._next and not is_end:
            return
        self._next = now + (EVERY_ON_TERMINALS if self._is_terminal else EVERY_IN_LOGS)
        self._is_shown = not is_end
        line = f"{self._what}: {100 * done // max(1, whole)} %"
        if self._is_terminal:
            click.echo(f"\r{line} ", err=True, nl=is_end)
        else:
            click.echo(line, err=True)
