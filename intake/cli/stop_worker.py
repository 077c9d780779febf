"""`transom stop-worker`."""

import sys

import click

from intake.cli.database import database_needed
from intake.cli.reason import reason_option


@click.command("stop-worker")
@click.argument("name")
@reason_option
def stop_worker(name: str, reason: str) -> None:
    """Have the worker NAME finish what it has in hand, take up nothing more, and end; `transom status` lists the names.

    Whatever keeps it running starts it anew, with the version that is installed by then. Exit 1 if there is no such worker.

    Example: transom stop-worker worker@desk --reason "Upgrade"
    """
    from intake.actions import heartbeat
    from intake.db import transaction

    with database_needed(), transaction() as session:
        asked = heartbeat.ask_to_stop(session, name, reason=reason)
    if not asked:
        click.echo(f"{name} was asked before, or is no worker.", err=True)
        sys.exit(1)
    click.echo(f"{name} takes up nothing more, and ends when what it has in hand is done.")
