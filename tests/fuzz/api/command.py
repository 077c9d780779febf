"""`script/fuzz api`."""

import secrets
import shutil
import sys
import tempfile
from pathlib import Path

import click

from tests.fuzz.api.rounds import rounds
from tests.fuzz.options import FOLDER
from tests.whole import running


@click.command()
@click.option("--cases", type=click.IntRange(min=1), default=5000, show_default=True)
@click.option("--seed", type=int, help="Do again what a run did that printed this.")
@click.option("--save", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
def api(cases: int, seed: int | None, save: Path) -> None:
    """Send requests made from the OpenAPI document to a running installation. Exit code 1 when something is found.

    Schemathesis compares each answer with the document. The requests are sent with all scopes, with those of the
    desk, with those of admins, and without a token.

    Example: script/fuzz api --cases 5000
    """
    save.mkdir(parents=True, exist_ok=True)
    seed = secrets.randbits(24) if seed is None else seed
    done, found = 0, 0
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as whole:
        for one in rounds(whole, cases, seed, save):
            done, found = done + one.cases, found + len(one.failures)
            click.echo("\n".join([one.line(), *one.failures]))
        shutil.copy(whole.log, save / "installation.log")
    click.echo(f"{done} cases, {found} findings. Logs: {save}")
    sys.exit(bool(found))
