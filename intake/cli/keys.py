"""`transom keys`: keys that open submissions."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake.cli.database import database_needed
from intake.wording import counted

if TYPE_CHECKING:
    from intake.submissions.rewrapping import Rewrapped

NAMES = {
    "receipt": "the contributors' receipts",
    "application": "the application secret, from before key pairs",
}


@click.group()
def keys() -> None:
    """Key pairs that open submissions: list, check and rotate them.

    Example: transom keys check
    """


@contextmanager
def _readable_errors() -> Iterator[None]:
    from intake.crypto import KeyFault

    try:
        with database_needed():
            yield
    except KeyFault as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or 'A key file'} cannot be written: {error.strerror}."
        ) from None


@keys.command("list")
def list_() -> None:
    """Show key pairs and for how many submissions each is needed.

    Example: transom keys list
    """
    from intake.db import transaction
    from intake.keys.files import read_private
    from intake.settings import settings
    from intake.submissions.rewrapping import counts

    with _readable_errors():
        with transaction() as session:
            stored = counts(session)
        private = read_private(settings().private_key_path)
    for key in private.keys:
        state = (
            "current pair" if key is private.current else "older pair, may be destroyed when it opens none"
        )
        click.echo(f"{key.id:<16}  {_submissions(stored.pop(key.id, 0))}  {state}")
    for holder, number in sorted(stored.items()):
        click.echo(
            f"{holder:<16}  {_submissions(number)}  {NAMES.get(holder, 'MISSING: no private key is here')}"
        )


@keys.command()
def check() -> None:
    """Check that all key files are there, belong together, and open what is stored. Exit 1 if not.

    Example: transom keys check
    """
    from intake.db import transaction
    from intake.health import keys
    from intake.keys.files import read_private
    from intake.settings import settings

    with _readable_errors():
        keys.check_modes(settings())
        keys.check_secret(settings())
        private = read_private(settings().private_key_path)
        keys.check_pair(settings(), private)
        with transaction() as session:
            keys.check_stored(session, private)
    click.echo(
        f"The key files are complete and open what is stored. The current pair is {private.current.id}."
    )


@keys.command()
def rotate() -> None:
    """Make a new key pair and wrap the keys of all submissions to it, while everything runs.

    Stored files are not rewritten. If the command is interrupted, run it again: it continues. The older private key is
    kept until `transom keys destroy-old`.

    Example: transom keys rotate
    """
    from intake.db import transaction
    from intake.keys import rotation
    from intake.settings import settings
    from intake.submissions.rewrapping import counts, record_rotated, rewrap_all

    with _readable_errors():
        with transaction() as session:
            stored = counts(session)
        new = rotation.begin(settings(), stored)
        click.echo(f"{'New pair' if new.is_new else 'Going on with the pair'} {new.key.id}.")
        done = rewrap_all()
        record_rotated(new.key.id, done)
    report(done)
    if done.failed:
        sys.exit(1)
    click.echo(
        "Make a new copy of the keys now, with `transom backup FOLDER --key FILE`, and copy"
        f" {settings().public_key_path} to servers for contributors alone. Then run `transom keys destroy-old`."
    )


@keys.command()
@click.confirmation_option(
    prompt="Older private keys open older backups. Is the new key copied to a safe place, and the public key to all servers?"
)
def destroy_old() -> None:
    """Destroy older private keys. Refuses while a submission needs one of them.

    Example: transom keys destroy-old --yes
    """
    from intake.db import transaction
    from intake.keys import rotation
    from intake.settings import settings
    from intake.submissions.rewrapping import counts, record_destroyed, rewrap_all

    with _readable_errors():
        # A server for contributors may have used the older public key until now. Wrap these keys to the new pair first.
        report(rewrap_all())
        with transaction() as session:
            stored = counts(session)
        gone = rotation.destroy_old(settings(), stored)
        if gone:
            record_destroyed(gone)
    click.echo(f"Destroyed: {', '.join(gone)}." if gone else "There is no older private key.")


@keys.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_public(folder: Path) -> None:
    """Write the two key files that a server for contributors alone needs to FOLDER.

    They open no submission without its receipt, except those that `transom keys list` shows under `application`.

    Example: transom keys export-public /srv/transom-public
    """
    from intake.crypto import keyring
    from intake.db import transaction
    from intake.keys import rotation
    from intake.settings import settings
    from intake.submissions.rewrapping import counts

    with _readable_errors():
        with transaction() as session:
            stored = counts(session)
        for path in rotation.export_public(settings(), keyring(), folder, stored):
            click.echo(f"Wrote {path}.")


def _submissions(number: int) -> str:
    """Format a number of submissions with a fixed width, as a column of `transom keys list`."""
    return f"{number:>8,} {'submission ' if number == 1 else 'submissions'}"


def report(done: "Rewrapped") -> None:
    """Print how many keys were wrapped anew, and which did not open."""
    click.echo(f"Wrapped the keys of {counted(done.done, 'submission')}.")
    if done.failed:
        names = ", ".join(str(one)[:8] for one in done.failed[:10])
        click.echo(
            f"The keys of {counted(len(done.failed), 'submission')} do not open with the key files here: {names}."
            " See docs/ops/keys.md.",
            err=True,
        )


@keys.command()
def create() -> None:
    """Make the key files of a new installation. Files that exist stay as they are, and no new secret is made beside them.

    `transom migrate` makes them by itself, unless photos are stored in a bucket: then make them once, and copy them to all
    machines.

    Example: transom keys create
    """
    from intake.keys.files import prepare
    from intake.settings import settings

    with _readable_errors():
        prepare(settings())
    click.echo(f"The key files are in {settings().private_key_path.parent}.")


@keys.command()
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(copy: Path) -> None:
    """Write missing key files from COPY, which `transom backup --key` made, and check that they open what is stored.

    Refuses if another key is in its place. Stop Transom first, and move the wrong key away. If the database is stopped too, check
    with `transom keys check` after the start.

    Example: transom keys restore /media/stick/transom.keys
    """
    from intake.backup.errors import BackupFault
    from intake.backup.key import put_back
    from intake.db import DatabaseUnavailable, transaction
    from intake.health import keys
    from intake.keys.files import read_private
    from intake.settings import settings

    with _readable_errors():
        try:
            put_back(settings(), copy)
        except BackupFault as error:
            raise click.ClickException(str(error)) from None
        private = read_private(settings().private_key_path)
        place = settings().private_key_path.parent
        try:
            with transaction() as session:
                keys.check_stored(session, private)
        except DatabaseUnavailable:
            click.echo(
                f"The key files in {place} are complete. The database does not answer, so they were not tried on what is stored:"
                " start Transom, then run `transom keys check`."
            )
            return
    click.echo(f"The key files in {place} are complete and open what is stored.")


@keys.command()
def rotate_search() -> None:
    """Rebuild the whole search index under new keys, while everything runs.

    If the command is interrupted, run it again: it continues. Searches find everything in the meantime. At the end,
    searches wait while the table is rewritten, so that no term under the older keys stays in it.

    Example: transom keys rotate-search
    """
    from intake.queue import reindexing

    with _readable_errors():
        is_new = reindexing.begin_rotation()
        click.echo(
            "New search keys." if is_new else "Continuing with the search keys of the interrupted run."
        )
        reindexing.record_rotated(reindex())


def reindex() -> int:
    """Write entries of the search index anew that are not under the current keys. Print and return how many."""
    from intake.queue import reindexing

    try:
        done = sum(reindexing.reindex_all())
    except reindexing.NotRewritten as error:
        raise click.ClickException(
            f"The table of the search index was not rewritten and may hold older terms: {error}. Run `transom migrate`"
            " again, as the role that owns the tables (TRANSOM_MIGRATION_URL)."
        ) from None
    click.echo(f"Indexed {counted(done, 'submission')} for the search.")
    return done
