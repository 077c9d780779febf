"""One file put to everything that reads strangers' bytes."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

from intake.photos import REASONS, CleanPhoto, PhotoRefused, clean_photo, inspect
from intake.photos.identify import sniff
from intake.photos.verify import verify

LONGEST = 15
"""Seconds for one file; the parent's own readers take milliseconds."""


class Hang(Exception):
    """It took longer than it may."""


@dataclass
class Trial:
    """What became of one file."""

    outcome: str = "clean"
    """`clean`, or the reason of the refusal."""
    finding: str = ""
    seconds: float = 0.0
    cleaned: CleanPhoto | None = None


def attempt(data: bytes) -> Trial:
    """Read the bytes in this process, clean them in the sandbox, and prove what comes out."""
    trial, began, us = Trial(), time.monotonic(), os.getpid()
    try:
        with _at_most(LONGEST):
            _read(data)
            _clean(data, trial)
    except Exception as error:
        trial.outcome, trial.finding = "finding", f"{type(error).__name__}: {error}"
    if os.getpid() != us:
        trial.finding = "the child came back as its parent"
    trial.seconds = time.monotonic() - began
    return trial


def _read(data: bytes) -> None:
    verify(data)
    claimed = sniff(data)
    if claimed:
        inspect.count(data, claimed)


def _clean(data: bytes, trial: Trial) -> None:
    try:
        trial.cleaned = clean_photo(data)
    except PhotoRefused as refusal:
        trial.outcome = refusal.reason
        if refusal.reason not in REASONS or refusal.reason == "not_proven_clean":
            trial.finding = f"refused as {refusal.reason}: {refusal.detail}"
        return
    unclean = [verify(copy) for copy in (trial.cleaned.full, trial.cleaned.web, trial.cleaned.thumb)]
    if any(unclean):
        trial.finding = f"verify: {unclean}"


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
