"""`transom queue`: what waits, and the lever that stops a queue."""

import click

from intake.cli.database import database_needed
from intake.cli.reason import reason_option
from intake.job_kinds import QUEUES


@click.group()
def queue() -> None:
    """The queues of work: see them, pause one, let it go on.

    Example: transom queue list
    """


@queue.command("list")
def list_() -> None:
    """Say how much waits in each queue, and which are paused.

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
    """Begin no more jobs of a queue. What comes waits, and what runs comes to its end.

    Example: transom queue pause photos --reason "The disk is being replaced"
    """
    from intake.db import transaction
    from intake.jobs.queues import pause as stop

    with database_needed(), transaction() as session:
        paused = stop(session, name, reason)
    click.echo(f"{name} is paused." if paused else f"{name} was paused before.")


@queue.command()
@click.argument("name", type=click.Choice(QUEUES))
def resume(name: str) -> None:
    """Let a paused queue go on.

    Example: transom queue resume photos
    """
    from intake.db import transaction
    from intake.jobs.queues import resume as go_on

    with database_needed(), transaction() as session:
        resumed = go_on(session, name)
    click.echo(f"{name} goes on." if resumed else f"{name} was not paused.")
