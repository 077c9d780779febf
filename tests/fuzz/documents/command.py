"""`script/fuzz documents`."""

import sys
from itertools import count
from pathlib import Path
from random import Random

import click

from intake import sandbox
from intake.documents.answers import READ
from tests.fuzz.documents.disguises import disguise
from tests.fuzz.documents.mutators import mutate
from tests.fuzz.documents.sources import innocent, sources
from tests.fuzz.documents.trial import attempt
from tests.fuzz.options import options
from tests.fuzz.run import Run
from tests.fuzz.tally import Tally

DISGUISED = 0.2
"""Share of documents that are disguised (see disguises.py) instead of corrupted."""


@click.command()
@options
@click.option(
    "--every",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Read so often in the sandbox too.",
)
def documents(minutes: float, seed: int | None, every: int, save: Path, replay: Path | None) -> None:
    """Spoil documents and read them. Exit code 1 when something is found.

    Example: script/fuzz documents --minutes 10
    """
    tally, planted = Tally("documents", save), [] if replay else sources()
    files, numbers = [innocent(data) for data in planted], count(1)
    sandbox.load(READ)

    def made(chance: Random) -> bytes:
        return disguise(chance, planted) if chance.random() < DISGUISED else mutate(chance, files)

    def tried(data: bytes) -> None:
        tally.add(data, attempt(data, in_child=bool(replay) or next(numbers) % every == 0))

    Run(tally, f"{len(files)} documents to spoil", made, tried).go(minutes, seed, replay)
    click.echo(tally.summary())
    sys.exit(1 if tally.findings else 0)
