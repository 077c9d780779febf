"""`script/fuzz photos`."""

import sys
import tempfile
from pathlib import Path

import click

from tests.fuzz.options import options
from tests.fuzz.photos.mutators import mutate
from tests.fuzz.photos.second_opinion import SecondOpinion
from tests.fuzz.photos.sources import sources
from tests.fuzz.photos.trial import attempt
from tests.fuzz.run import Run
from tests.fuzz.tally import Tally


@click.command()
@options
@click.option(
    "--every", type=click.IntRange(min=1), default=10, show_default=True, help="Ask ExifTool so often."
)
def photos(minutes: float, seed: int | None, every: int, save: Path, replay: Path | None) -> None:
    """Spoil photos and clean them. Exit code 1 when something is found.

    Example: script/fuzz photos --minutes 10
    """
    tally, files = Tally("photos", save), [] if replay else sources()
    with tempfile.TemporaryDirectory() as folder:
        opinion = SecondOpinion(Path(folder), 1 if replay else every)
        run = Run(
            tally,
            f"{len(files)} files to spoil",
            lambda chance: mutate(chance, files),
            lambda data: _try(data, tally, opinion),
        )
        run.go(minutes, seed, replay)
        for data, what in opinion.finish():
            tally.keep(data, what)
    click.echo(f"{tally.summary()}\n{opinion.asked} clean copies shown to ExifTool")
    sys.exit(1 if tally.findings else 0)


def _try(data: bytes, tally: Tally, opinion: SecondOpinion) -> None:
    trial = attempt(data)
    tally.add(data, trial)
    if trial.cleaned:
        for culprit, what in opinion.take(data, trial.cleaned):
            tally.keep(culprit, what)
