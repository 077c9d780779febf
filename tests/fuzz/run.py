"""Trying one input after the other, for as long as somebody has time."""

import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click

from tests.fuzz.tally import Tally

PROGRESS = 10
"""Seconds between two lines."""


@dataclass(frozen=True)
class Run:
    """Inputs from `make`, each handed to `try_one`, which counts it in `tally`; `sources` says what they are made of."""

    tally: Tally
    sources: str
    make: Callable[[Random], bytes]
    try_one: Callable[[bytes], None]

    def go(self, minutes: float, seed: int | None, replay: Path | None) -> None:
        """Try one file alone, or many inputs; Ctrl-C ends it early."""
        try:
            if replay:
                self.try_one(replay.read_bytes())
            else:
                self._many(minutes * 60, secrets.randbits(32) if seed is None else seed)
        except KeyboardInterrupt:
            click.echo("Stopped.")

    def _many(self, seconds: float, seed: int) -> None:
        end, said = time.monotonic() + seconds, 0.0
        click.echo(f"--seed {seed}, {self.sources}")
        for number in itertools.count():
            now = time.monotonic()
            if now >= end:
                return
            if now - said >= PROGRESS:
                click.echo(self.tally.head())
                said = now
            self.try_one(self.make(Random(f"{seed}:{number}")))
