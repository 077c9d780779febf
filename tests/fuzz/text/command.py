"""`script/fuzz text`."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from tests.fuzz.options import options
from tests.fuzz.run import Run
from tests.fuzz.tally import Tally
from tests.fuzz.text.mutators import mutate
from tests.fuzz.text.shrink import shrink
from tests.fuzz.text.sources import sources
from tests.fuzz.text.trial import attempt
from tests.fuzz.trial import Trial


@click.command()
@options
def text(minutes: float, seed: int | None, save: Path, replay: Path | None) -> None:
    """Write and spoil texts and clean them. Exit code 1 when something is found.

    Example: script/fuzz text --minutes 3
    """
    tally, texts = Tally("text", save), [] if replay else sources()
    run = Run(
        tally,
        f"{len(texts)} texts to spoil",
        lambda chance: _encoded(mutate(chance, texts)),
        lambda data: _try(data, tally),
    )
    run.go(minutes, seed, replay)
    click.echo(tally.summary())
    sys.exit(1 if tally.findings else 0)


def _try(data: bytes, tally: Tally) -> None:
    raw = data.decode("utf-8", "surrogatepass")
    trial = attempt(raw)
    if not trial.finding:
        tally.add(data, trial)
        return
    small = shrink(raw, lambda shorter: _broke(attempt(shorter)) == _broke(trial))
    tally.add(_encoded(small), replace(trial, finding=attempt(small).finding))


def _encoded(raw: str) -> bytes:
    """Encode a text for a file, lone surrogates included."""
    return raw.encode("utf-8", "surrogatepass")


def _broke(trial: Trial) -> str:
    """Name of the broken invariant, or of the exception."""
    return trial.finding.partition(":")[0]
