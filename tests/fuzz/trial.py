"""Run of one input with a time limit, recorded as a trial."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType


class Hang(Exception):
    """Raised when an input takes longer than allowed."""


@dataclass
class Trial:
    """Result of one input. `finding` describes a failure, or is empty."""

    outcome: str = "clean"
    """Key by which outcomes are counted: `clean`, `finding`, or for example the reason of a refusal."""
    finding: str = ""
    seconds: float = 0.0


@contextlib.contextmanager
def watched(trial: Trial, longest: int) -> Iterator[None]:
    """Record the duration of the block and any exception in `trial`. Raises Hang in the block after `longest` seconds."""
    began, us = time.monotonic(), os.getpid()
    try:
        with _at_most(longest):
            yield
    except Exception as error:
        trial.outcome, trial.finding = "finding", f"{type(error).__name__}: {error}"
    if os.getpid() != us:
        trial.finding = "the child came back as its parent"
    trial.seconds = time.monotonic() - began


@contextlib.contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
