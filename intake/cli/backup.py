"""`transom backup` and `transom restore`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from intake.cli.database import database_needed
from intake.settings import settings

if TYPE_CHECKING:
    from intake.backup.manifest import Manifest


T = TypeVar("T")
FOLDER = click.argument("folder", type=click.Path(path_type=Path))


@click.command()
@FOLDER
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Copy the keys to this file, outside FOLDER.",
)
def backup(folder: Path, key: Path | None) -> None:
    """Copy the database and all encrypted files to FOLDER, which must be new or empty. Transom may be running.

    The copy does not contain the keys. Keep a copy of them elsewhere: without it, no photo can be read.

    Example: transom backup /mnt/backup/2026-11-27
    """
    from intake.backup.key import copy_key
    from intake.backup.make import back_up

    place = settings().private_key_path.parent
    with _readable_errors(), database_needed():
        if key:
            copy_key(settings(), key, folder)
        made = back_up(folder, _progress)
    click.echo(f"{folder} holds {_summary(made)}.")
    click.echo(f"It does not contain the keys. Keep {key or place} elsewhere: it decrypts everything.")
    if made.lost:
        click.echo(
            f"{len(made.lost)} files that photos need are lost: neither the backup nor the installation has them."
            " manifest.json lists them under `lost`.",
            err=True,
        )


@click.command()
@FOLDER
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Copy of the keys, if the installation does not have them yet.",
)
def restore(folder: Path, key: Path | None) -> None:
    """Restore the backup in FOLDER into a new or empty installation that is not running.

    Everything is checked before anything is written. Without a named database, the command starts the
    embedded one.

    Example: TRANSOM_DATA_DIR=/srv/transom transom restore /mnt/backup/2026-11-27 --key /media/stick/transom.keys
    """
    from intake.backup import restore

    with _readable_errors(), database_needed():
        made = restore.restore(folder, settings(), key, _progress)
    click.echo(f"Restored {_summary(made)}, as of {made.made_at}.")
    click.echo("Start Transom, then check with `transom doctor` and `transom status`.")


@contextmanager
def _readable_errors() -> Iterator[None]:
    from intake.backup.errors import BackupFault
    from intake.local.errors import CannotStart

    try:
        yield
    except (BackupFault, CannotStart) as error:
        raise click.ClickException(str(error)) from None


def _summary(made: "Manifest") -> str:
    return f"{made.rows('submissions'):,} submissions, {made.rows('photos'):,} photos and {made.files:,} encrypted files"


def _progress(label: str, items: Sequence[T]) -> Iterator[T]:
    """Show a progress bar on a terminal, else print one line, such as for the log of a nightly backup."""
    if not items:
        return
    if not sys.stderr.isatty():
        click.echo(f"{label}: {len(items):,}", err=True)
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar
