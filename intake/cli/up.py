"""`transom up`: run a whole installation on this machine."""

import click


@click.command()
def up() -> None:
    """Run a whole installation on this machine until Ctrl-C.

    Starts PostgreSQL and Valkey unless others are named, updates the database, then runs worker, relay,
    scheduler and web server. Restarts each of them if it exits.

    Example: PORT=8080 transom up
    """
    from intake.local import up
    from intake.local.errors import CannotStart
    from intake.settings import settings

    try:
        up.up(settings())
    except CannotStart as error:
        raise click.ClickException(str(error)) from None
