"""Loop of a fuzzer: try one generated input after the other until the time is over."""

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
"""Seconds between two lines of progress."""


@dataclass(frozen=True)
class Run:
    """Run of a fuzzer. `try_one` tries each input from `make` and counts it in `tally`. `sources` describes the seed files."""

    tally: Tally
    sources: str
    make: Callable[[Random], bytes]
    try_one: Callable[[bytes], None]

    def go(self, minutes: float, seed: int | None, replay: Path | None) -> None:
        """Try the file `replay` alone, or generated inputs for some minutes. Ctrl-C ends the run early."""
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
