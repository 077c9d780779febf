"""Signals that ask the supervisor to stop."""

import os
import signal
from types import FrameType, TracebackType
from typing import Any

STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopSignals:
    """Context manager that records SIGINT (Ctrl-C), SIGTERM and SIGHUP.

    `fileno()` becomes readable when one of these signals arrives.
    """

    def __init__(self) -> None:
        self.received = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> "StopSignals":
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        for number in STOP:
            # Continue to ignore a signal that is already ignored, such as SIGHUP under nohup. Always handle
            # SIGINT.
            if signal.getsignal(number) is not signal.SIG_IGN or number == signal.SIGINT:
                self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._reader)
        os.close(self._writer)

    def fileno(self) -> int:
        """File descriptor to select on."""
        return self._reader

    def drain(self) -> None:
        """Make `fileno()` unreadable again."""
        os.read(self._reader, 4096)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.received = True
        os.write(self._writer, b".")
