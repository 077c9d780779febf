"""`transom migrate`."""

import click

from intake.cli.database import database_needed
from intake.settings import settings


@click.command()
@click.option("--revision", default="head", show_default=True, help="Stop at this revision.")
def migrate(revision: str) -> None:
    """Update the database to the tables of this version. Safe to repeat, and to run several times at once.

    Example: TRANSOM_DATABASE_URL=postgresql://transom@db/transom transom migrate
    """
    from alembic.util import CommandError

    from intake import db
    from intake.crypto import KeyFault, keyring

    try:
        with database_needed():
            db.migrate(settings().sqlalchemy_url, revision)
        # Create the master key now, before web server and worker both try to. If files are in S3, an admin
        # copies the master key by hand to the machines that need it.
        if not settings().s3_url:
            keyring()
    except CommandError as error:
        raise click.ClickException(f"This revision does not exist: {error}") from None
    except KeyFault as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        path = settings().master_key_path
        raise click.ClickException(f"The master key {path} cannot be created: {error.strerror}.") from None
