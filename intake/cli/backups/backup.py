"""`transom backup` and `transom restore`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from intake.cli.database import database_needed
from intake.settings import settings
from intake.wording import counted

if TYPE_CHECKING:
    from intake.backup.manifest import Manifest
    from intake.backup.restore import Restored


T = TypeVar("T")
FOLDER = click.argument("folder", type=click.Path(path_type=Path))
IDENTITY = click.option(
    "--identity",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="File with the identity that opens an encrypted backup, or - for standard input.",
)
IN_CLEAR = (
    "The backup is not encrypted: whoever has it reads accounts, jobs and all words that the database has in clear. Make a key on another"
    " machine with `transom backups keygen`, and set TRANSOM_BACKUP_RECIPIENT."
)

KEEP_KEYS = "Keep a copy of them elsewhere. With --key FILE, this command writes one."


@click.command()
@FOLDER
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Copy the keys to this file, outside FOLDER.",
)
def backup(folder: Path, key: Path | None) -> None:
    """Copy the database and all encrypted files to FOLDER, which must be new or empty. Transom may be running.

    With TRANSOM_BACKUP_RECIPIENT, the backup is encrypted to that public key, and this machine cannot read it. With
    TRANSOM_BACKUP_KEEP, older backups beside FOLDER are deleted. The backup does not contain the keys. Keep a copy of them
    elsewhere: without it, nothing that was sent can be read.

    Example: transom backup /mnt/backup/2026-11-27
    """
    from intake.backup import mark, stored
    from intake.backup.installation import name_of
    from intake.backup.key import copy_key
    from intake.backup.make import back_up

    config, beside = settings(), folder.absolute().parent
    with readable_errors(), database_needed():
        if key:
            copy_key(config, key, folder)
        installation = name_of(config)
        for path in mark.remove_interrupted(beside, installation):
            click.echo(f"Deleted {path}, a backup that was interrupted.")
        made = back_up(folder, show_progress, config)
        stored.record_made(made.header)
        click.echo(f"{folder} holds {_summary(made.manifest)}.")
        if config.backup_recipient:
            click.echo(
                f"It is encrypted. Only the identity of {' or '.join(made.header.recipients)} opens it."
            )
        else:
            click.echo(IN_CLEAR, err=True)
        kept = f"Keep {key} elsewhere: it decrypts everything." if key else KEEP_KEYS
        click.echo(f"It does not contain the keys. {kept}")
        if made.manifest.lost:
            click.echo(
                f"Lost: {counted(len(made.manifest.lost), 'file')} that photos need. Neither the backup nor the installation has"
                " what manifest.json lists under `lost`.",
                err=True,
            )
        if config.backup_keep and not installation:
            click.echo(
                "No older backup was deleted: without the application secret none is recognised.", err=True
            )
        for one in stored.surplus(stored.found(beside), installation, config):
            stored.delete(one)
            stored.record_deleted(one.header)
            click.echo(f"Deleted {one.root}, which TRANSOM_BACKUP_KEEP does not keep.")
        for sentence in stored.deletion_sentences(stored.remember(beside, installation), config):
            click.echo(sentence)


@click.command()
@FOLDER
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Copy of the keys, if the installation does not have them yet.",
)
@IDENTITY
def restore(folder: Path, key: Path | None, identity: Path | None) -> None:
    """Restore the backup in FOLDER into a new or empty installation that is not running.

    Everything is checked before anything is written. If no setting names a database, the command starts the
    embedded one. Submissions that a newer backup beside FOLDER does not have were deleted since, and are not restored.

    Example: TRANSOM_DATA_DIR=/srv/transom transom restore /mnt/backup/2026-11-27 --key /media/stick/transom.keys --identity
    /media/stick/backup.identity
    """
    from intake.backup import restore

    with readable_errors(), database_needed():
        done = restore.restore(folder, settings(), key, show_progress, identity)
    manifest = done.checked.manifest
    click.echo(f"Restored {_summary(manifest)}, as of {manifest.made_at}.")
    _tell_deleted(done)
    click.echo("Start Transom, then check with `transom doctor` and `transom status`.")


def _tell_deleted(done: "Restored") -> None:
    """Print what was deleted again, and the time after which submissions may have been deleted that are back now."""
    later, known = done.checked.later, done.checked.manifest.made_at
    if later:
        known = later.header.made_at
        click.echo(
            f"Deleted {len(done.deleted):,} of the submissions again, which were deleted before the newer backup {later.root} was made."
        )
    click.echo(
        f"Submissions that were withdrawn or deleted after {known} are back, until their contributors withdraw them again or their"
        " periods end."
    )


@contextmanager
def readable_errors() -> Iterator[None]:
    """Show a fault of a backup as a sentence."""
    from intake.backup.errors import BackupFault
    from intake.local.errors import CannotStart

    try:
        yield
    except (BackupFault, CannotStart) as error:
        raise click.ClickException(str(error)) from None


def _summary(made: "Manifest") -> str:
    submissions, photos = (counted(made.rows(f"{noun}s"), noun) for noun in ("submission", "photo"))
    return f"{submissions}, {photos} and {counted(len(made.names), 'encrypted file')}"


def show_progress(label: str, items: Sequence[T]) -> Iterator[T]:
    """Show a progress bar on a terminal, else print one line, such as for the log of a nightly backup."""
    if not items:
        return
    if not sys.stderr.isatty():
        click.echo(f"{label}: {len(items):,}", err=True)
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar
