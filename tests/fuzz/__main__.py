"""`python -m tests.fuzz photos`: see script/fuzz."""

import itertools
import secrets
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import click

from tests.fuzz.mutators import mutate
from tests.fuzz.second_opinion import SecondOpinion
from tests.fuzz.sources import sources
from tests.fuzz.tally import Tally
from tests.fuzz.trial import attempt

PROGRESS = 10
"""Seconds between two lines."""
FOLDER = Path(tempfile.gettempdir()) / "transom-fuzz"


@click.group()
def main() -> None:
    """Try to make Transom fail."""


@main.command()
@click.option("--minutes", type=click.FloatRange(min=0), default=1, show_default=True)
@click.option("--seed", type=int, help="Do again what a run did that printed this.")
@click.option(
    "--every", type=click.IntRange(min=1), default=10, show_default=True, help="Ask ExifTool so often."
)
@click.option("--save", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
@click.option(
    "--replay", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="This file alone."
)
def photos(minutes: float, seed: int | None, every: int, save: Path, replay: Path | None) -> None:
    """Spoil photos and clean them. Exit code 1 when something is found.

    Example: script/fuzz photos --minutes 10
    """
    tally = Tally(save)
    with tempfile.TemporaryDirectory() as folder:
        opinion = SecondOpinion(Path(folder), 1 if replay else every)
        try:
            if replay:
                _try(replay.read_bytes(), tally, opinion)
            else:
                _spoil(minutes * 60, secrets.randbits(32) if seed is None else seed, tally, opinion)
        except KeyboardInterrupt:
            click.echo("Stopped.")
        for data, what in opinion.finish():
            tally.keep(data, what)
    click.echo(f"{tally.summary()}\n{opinion.asked} clean copies shown to ExifTool")
    sys.exit(1 if tally.findings else 0)


def _spoil(seconds: float, seed: int, tally: Tally, opinion: SecondOpinion) -> None:
    files, end, said = sources(), time.monotonic() + seconds, 0.0
    click.echo(f"--seed {seed}, {len(files)} files to spoil")
    for number in itertools.count():
        now = time.monotonic()
        if now >= end:
            return
        if now - said >= PROGRESS:
            click.echo(tally.summary().splitlines()[0])
            said = now
        _try(mutate(Random(f"{seed}:{number}"), files), tally, opinion)


def _try(data: bytes, tally: Tally, opinion: SecondOpinion) -> None:
    trial = attempt(data)
    tally.add(data, trial)
    if trial.cleaned:
        for culprit, what in opinion.take(data, trial.cleaned):
            tally.keep(culprit, what)


if __name__ == "__main__":
    main(prog_name="script/fuzz")
