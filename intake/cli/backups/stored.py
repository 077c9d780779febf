"""`transom backups`: backups that were made, and the key to which they are encrypted."""

from pathlib import Path

import click

from intake.cli.backups.backup import FOLDER, IDENTITY, readable_errors, show_progress
from intake.cli.database import database_needed
from intake.settings import settings

PLACE = click.argument("place", type=click.Path(path_type=Path))


@click.group()
def backups() -> None:
    """Backups that were made: list, verify and delete them, and make the key that opens them.

    Example: transom backups list /mnt/backup
    """


@backups.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def keygen(file: Path) -> None:
    """Make the key of backups: the identity, which opens them, in FILE, and its public key on the screen.

    Do it on another machine than that of Transom. `age-keygen -o FILE` makes the same.

    Example: transom backups keygen /media/stick/backup.identity
    """
    from intake.backup.age import write_identity

    with readable_errors():
        recipient = write_identity(file)
    click.echo(
        f"Wrote {file}. Whoever has it reads the backups, and without it nobody does: keep two copies, not on the server."
    )
    click.echo("On the server, set:")
    click.echo(f"TRANSOM_BACKUP_RECIPIENT={recipient}")


@backups.command("list")
@PLACE
def list_(place: Path) -> None:
    """List the backups in PLACE, and record them for `transom doctor` and the admin pages.

    Example: transom backups list /mnt/backup
    """
    from intake.backup import stored
    from intake.backup.installation import name_of

    installation = name_of(settings())
    with readable_errors(), database_needed():
        there = stored.remember(place, installation)
        mine = stored.own(there, installation)
        spare = stored.surplus(there, installation, settings())
    for one in there:
        kind = "encrypted    " if one.header.is_sealed else "not encrypted"
        note = "" if one in mine else "  not recognised: the policy does not delete it"
        note = "  not kept by the policy" if one in spare else note
        click.echo(f"{one.header.at:%Y-%m-%d %H:%M} UTC  {kind}  {one.root}{note}")
    if not there:
        click.echo(f"There is no complete backup in {place}.")
    for sentence in stored.deletion_sentences(there, settings()):
        click.echo(sentence)


@backups.command()
@PLACE
@click.option("--dry-run", is_flag=True, help="Delete nothing, and show what would be deleted.")
def prune(*, place: Path, dry_run: bool) -> None:
    """Delete the backups in PLACE that TRANSOM_BACKUP_KEEP does not keep, and those that were interrupted.

    `transom backup` does so by itself. It deletes only complete backups of this installation, and never the newest, which is
    verified first.

    Example: transom backups prune /mnt/backup --dry-run
    """
    from intake.backup import checksums, mark, stored
    from intake.backup.installation import name_of

    config = settings()
    if not config.backup_keep:
        raise click.ClickException("No policy says what to keep: set TRANSOM_BACKUP_KEEP, such as 7d,4w,6m.")
    with readable_errors(), database_needed():
        installation = name_of(config)
        if not installation:
            raise click.ClickException(
                f"The application secret {config.master_key_path} cannot be read, so no backup is recognised. Nothing was deleted."
            )
        there = stored.found(place)
        spare = stored.surplus(there, installation, config)
        if dry_run:
            for one in spare:
                click.echo(f"Would delete {one.root}.")
            click.echo(f"{len(spare)} of {len(there)} backups would be deleted.")
            return
        for path in mark.remove_interrupted(place, installation):
            click.echo(f"Deleted {path}, a backup that was interrupted.")
        if spare:
            newest = stored.own(there, installation)[-1]
            checksums.check(newest.root, newest.header.sums, show_progress)
        for one in spare:
            stored.delete(one)
            stored.record_deleted(one.header)
            click.echo(f"Deleted {one.root}.")
        for sentence in stored.deletion_sentences(stored.remember(place, installation), config):
            click.echo(sentence)


@backups.command()
@FOLDER
@IDENTITY
def verify(folder: Path, identity: Path | None) -> None:
    """Check that the backup in FOLDER is complete and unchanged. Exit 1 if not.

    Without an identity, only the checksums are checked. With it, everything that a restore decrypts is also decrypted in
    memory. Neither a database nor another key is needed.

    Example: transom backups verify /mnt/backup/2026-11-27 --identity /media/stick/backup.identity
    """
    from intake.backup import checksums, header
    from intake.backup.restore import check

    with readable_errors():
        found = header.read(folder)
        if found.is_sealed and identity is None:
            checksums.check(folder, found.sums, show_progress)
            click.echo(f"All checksums of {folder} are right. With --identity, it is decrypted, too.")
            return
        check(folder, identity, show_progress)
    opened = (
        "its checksums are right, and the identity opens it" if found.is_sealed else "its checksums are right"
    )
    click.echo(f"{folder} can be restored: {opened}. The keys of the installation are needed, too.")
