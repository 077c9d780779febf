"""`transom migrate`."""

import click

from intake.cli.database import database_needed
from intake.settings import settings


@click.command()
@click.option("--revision", default="head", show_default=True, help="Stop at this revision.")
def migrate(revision: str) -> None:
    """Bring the database to the tables of this version. Safe to repeat, and to call from several places at once.

    Example: TRANSOM_DATABASE_URL=postgresql://transom@db/transom transom migrate
    """
    from alembic.util import CommandError

    from intake import db
    from intake.crypto import KeyFault, keyring

    try:
        with database_needed():
            db.migrate(settings().sqlalchemy_url, revision)
        # Made at the first start, before web and worker ask for it at once; where there is a bucket it is copied by hand, and to
        # those machines alone that need it.
        if not settings().s3_url:
            keyring()
    except CommandError as error:
        raise click.ClickException(f"There is no such revision: {error}") from None
    except KeyFault as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        path = settings().master_key_path
        raise click.ClickException(f"The master key {path} cannot be made: {error.strerror}.") from None
