"""`transom migrate`: update the database to the tables of this version."""

from collections import deque

import click

from intake.cli.database import database_needed
from intake.settings import settings
from intake.wording import counted


@click.command()
@click.option("--revision", default="head", show_default=True, help="Stop at this revision.")
def migrate(revision: str) -> None:
    """Update the database to the tables of this version. Safe to repeat, and to run several times at once.

    Grants rights to the application's own database role, if there is one. Links events of older versions to the chain.
    Makes missing key files. Then it converts what older versions stored: keys of submissions that no key pair wraps, words
    and saved views that are not encrypted, and a search index with clear words or older keys. That is done in small steps
    while Transom runs. After an interruption, run the command again: it continues.

    Example: TRANSOM_DATABASE_URL=postgresql://transom@db/transom transom migrate
    """
    from alembic.util import CommandError

    from intake import db
    from intake.audit import roles
    from intake.crypto import KeyFault

    try:
        with database_needed():
            db.migrate(settings().owner_url, revision)
            if revision == "head":
                roles.grant(settings())
                _link_events()
        if revision == "head":
            _prepare_keys()
            with database_needed():
                # Seal views first: `_seal_words` rewrites their table together with the others.
                _seal_views()
                _seal_words()
                _prepare_search()
    except CommandError as error:
        raise click.ClickException(f"This revision does not exist: {error}") from None
    except KeyFault as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        place = settings().master_key_path.parent
        raise click.ClickException(f"Key files cannot be written to {place}: {error.strerror}.") from None


def _link_events() -> None:
    """Link events to the chain in small transactions, and say how many if there are many."""
    from intake.audit import linking

    linked = linking.link_all()
    if linked > linking.BATCH:
        click.echo(f"{linked:,} events were linked to the chain.")


def _seal_words() -> None:
    """Seal words that are stored in clear, and rewrite their tables."""
    from intake.db import transaction
    from intake.submissions import sealing

    if not _has_all_keys():
        return
    with transaction() as session:
        needed = sealing.is_needed(session)
    if not needed:
        return
    try:
        result = deque(sealing.seal_all(), maxlen=1).pop()
    except sealing.TableNotRewritten as error:
        raise click.ClickException(f"{error} Run this command again.") from None
    click.echo(f"Words were sealed: those of {counted(result.done, 'submission')}, saved replies and others.")
    for submission_id in sorted(result.failed):
        click.echo(f"The key of submission {submission_id} does not open: its words stay in clear.", err=True)


def _has_all_keys() -> bool:
    """Return whether this machine has the private key or may create it. With files in S3, an admin copies it by hand."""
    config = settings()
    return not config.is_public_side and (not config.s3_url or config.private_key_path.exists())


def _prepare_search() -> None:
    """Write search entries anew that are in clear or under older keys."""
    from intake.cli.keys import reindex
    from intake.db import transaction
    from intake.queue import reindexing

    if not _has_all_keys():
        return
    with transaction() as session:
        needed = reindexing.is_needed(session)
    if needed:
        reindex()


def _seal_views() -> None:
    """Seal names and filters of saved views that are in clear."""
    from intake.db import transaction
    from intake.queue import view_seals

    if not _has_all_keys():
        return
    with transaction() as session:
        needed = view_seals.is_needed(session)
    if needed:
        sealed = view_seals.seal_all()
        click.echo(f"{counted(sealed, 'saved view')} {'was' if sealed == 1 else 'were'} sealed.")


def _prepare_keys() -> None:
    """Create key files before web server and worker both try to, and wrap the keys of submissions to the key pair."""
    from intake.cli.keys import report
    from intake.crypto import keyring
    from intake.db import transaction
    from intake.health.keys import check_may_make
    from intake.keys import files, rotation
    from intake.submissions.rewrapping import counts, rewrap_all

    if not _has_all_keys():
        return
    config = settings()
    with transaction() as session:
        check_may_make(session, config)
    files.prepare(config)
    with transaction() as session:
        stored = counts(session)
    if "application" in stored:
        report(rewrap_all())
        with transaction() as session:
            stored = counts(session)
    rotation.write_public_secrets(config, keyring(), stored)
