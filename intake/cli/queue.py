"""`transom queue`: show, pause and resume queues."""

import click

from intake.cli import reason_option
from intake.cli.database import database_needed
from intake.job_kinds import QUEUES


@click.group()
def queue() -> None:
    """Queues of jobs: list them, pause one, resume it.

    Example: transom queue list
    """


@queue.command("list")
def list_() -> None:
    """Show the waiting and running jobs of each queue, and which queues are paused.

    Example: transom queue list
    """
    from intake.db import transaction
    from intake.jobs.queues import queues

    with database_needed(), transaction() as session:
        for one in queues(session):
            state = "" if one.pause is None else f"  paused: {one.pause.reason}"
            click.echo(f"{one.name:<13} {one.waiting:>6} waiting {len(one.running):>4} running{state}")


@queue.command()
@click.argument("name", type=click.Choice(QUEUES))
@reason_option
def pause(name: str, reason: str) -> None:
    """Start no more jobs of a queue. New jobs wait, and running jobs finish.

    Example: transom queue pause photos --reason "The disk is being replaced"
    """
    from intake.db import transaction
    from intake.jobs import queues

    with database_needed(), transaction() as session:
        paused = queues.pause(session, name, reason)
    click.echo(f"{name} is paused." if paused else f"{name} was already paused.")


@queue.command()
@click.argument("name", type=click.Choice(QUEUES))
def resume(name: str) -> None:
    """Resume a paused queue.

    Example: transom queue resume photos
    """
    from intake.db import transaction
    from intake.jobs import queues

    with database_needed(), transaction() as session:
        resumed = queues.resume(session, name)
    click.echo(f"{name} is resumed." if resumed else f"{name} was not paused.")
