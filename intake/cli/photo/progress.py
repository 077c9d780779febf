"""Progress of a run on the last line of a terminal."""

import sys
from types import TracebackType
from typing import Self

import click

_CLEAR = "\r\x1b[2K"


class Progress:
    """Line on standard error that counts files. Shown only on a terminal, and only for several files.

    `line` prints a result above the progress line, so that both do not mix on one terminal.
    """

    def __init__(self, length: int) -> None:
        self._length, self._done = length, 0
        self._is_shown = length > 1 and sys.stderr.isatty()

    def __enter__(self) -> Self:
        self._show()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def line(self, text: str, *, is_new: bool = True) -> None:
        """Print a result. `is_new` is False for a further page of the same file."""
        self._done += is_new
        self._clear()
        click.echo(text)
        self._show()

    def _clear(self) -> None:
        if self._is_shown:
            click.echo(_CLEAR, nl=False, err=True)

    def _show(self) -> None:
        if self._is_shown:
            click.echo(f"{self._done} of {self._length} files", nl=False, err=True)
