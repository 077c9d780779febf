"""`transom up`."""

import click


@click.command()
def up() -> None:
    """Run a whole installation on this machine until Ctrl-C.

    Starts PostgreSQL and Valkey where no others are named, brings the database up to date, then runs worker, relay,
    scheduler and web server, and starts again whichever of them ends.

    Example: PORT=8080 transom up
    """
    from intake.local.errors import CannotStart
    from intake.local.up import up as run
    from intake.settings import settings

    try:
        run(settings())
    except CannotStart as error:
        raise click.ClickException(str(error)) from None
