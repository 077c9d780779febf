"""`transom stop-worker`."""

import click

from intake.cli import reason_option
from intake.cli.database import database_needed


@click.command("stop-worker")
@click.argument("name")
@reason_option
def stop_worker(name: str, reason: str) -> None:
    """Ask the worker NAME to finish its running jobs and exit. `transom status` lists the names.

    Its supervisor then restarts it with the installed version. Exit 1 if there is no such worker, or if it is stopping
    already.

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
        raise click.ClickException(f"{name} was asked before. It exits when its running jobs are done.")
    click.echo(f"{name} starts no more jobs and exits when its running jobs are done.")
