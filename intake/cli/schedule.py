"""`transom schedule`: list scheduled jobs, and start one now."""

import click

from intake.cli import reason_option
from intake.cli.database import database_needed
from intake.job_kinds import CANARIES, EVERY_QUEUE
from intake.subscriptions import SCHEDULES


@click.group()
def schedule() -> None:
    """Scheduled jobs: list them, or start one now.

    Example: transom schedule list
    """


@schedule.command("list")
def list_() -> None:
    """Show when each scheduled job was last started, when it is next due, and how often it was missed.

    Example: transom schedule list
    """
    from intake.db import transaction
    from intake.jobs.schedules import schedules

    with database_needed(), transaction() as session:
        for one in schedules(session):
            last = f"{one.last_at:%Y-%m-%d %H:%M:%S} UTC" if one.last_at else "never"
            missed = f"  missed {one.missed} times" if one.missed else ""
            click.echo(f"{one.kind:<20} last {last:<23}  next {one.next_at:%H:%M:%S} UTC{missed}")


@schedule.command()
@click.argument("kind", type=click.Choice([EVERY_QUEUE, *SCHEDULES]))
@reason_option
def run(kind: str, reason: str) -> None:
    """Start a scheduled job now. `canaries` starts one in every queue.

    Example: transom schedule run canaries --reason "The disk was replaced"
    """
    from intake.db import transaction
    from intake.jobs import ledger

    kinds = list(CANARIES.values()) if kind == EVERY_QUEUE else [kind]
    with database_needed(), transaction() as session:
        started = ledger.run_now(session, kinds, reason=reason)
    click.echo(f"Started: {', '.join(started)}." if started else "It is already running or waiting.")
