"""`transom migrate`."""

import click

from intake.settings import settings


@click.command()
@click.option("--revision", default="head", show_default=True, help="Stop at this revision.")
def migrate(revision: str) -> None:
    """Bring the database to the tables of this version. Safe to repeat, and to call from several places at once.

    Example: TRANSOM_DATABASE_URL=postgresql://transom@db/transom transom migrate
    """
    from intake.crypto import keyring
    from intake.db import migrate as bring

    bring(settings().sqlalchemy_url, revision)
    keyring()  # makes the master key at the first start, before web and worker ask for it at once
