"""`transom stop-worker`."""

import click

from intake.cli.database import database_needed
from intake.cli.reason import reason_option


@click.command("stop-worker")
@click.argument("name")
@reason_option
def stop_worker(name: str, reason: str) -> None:
    """Have the worker NAME finish what it has in hand, take up nothing more, and end; `transom status` lists the names.

    Whatever keeps it running starts it anew, with the version that is installed by then. Exit 1 if there is no such worker, or it was asked before.

    Example: transom stop-worker worker@desk --reason "Upgrade"
    """
    from intake.db import transaction
    from intake.errors import NotFound
    from intake.jobs import processes

    try:
        with database_needed(), transaction() as session:
            asked = processes.ask_to_stop(session, name, reason=reason)
    except NotFound:
        raise click.ClickException(f"There is no worker {name}. `transom status` lists them.") from None
    if not asked:
        raise click.ClickException(f"{name} was asked before. It ends when what it has in hand is done.")
    click.echo(f"{name} takes up nothing more, and ends when what it has in hand is done.")
