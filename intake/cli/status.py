"""`transom status`: say whether submissions are being processed."""

import socket
import sys
from typing import TYPE_CHECKING

import click

from intake.cli.database import database_needed

if TYPE_CHECKING:
    from intake.health.backups import BackupState
    from intake.health.status import SystemStatus


KINDS = ("worker", "relay", "scheduler")


@click.command()
@click.option(
    "--here",
    "kind",
    type=click.Choice(KINDS),
    help="Check only whether this process of this machine (or container) reported within the last 20 seconds.",
)
def status(kind: str | None) -> None:
    """Say in one sentence whether submissions are being processed. Exit 1 if not.

    Example: transom status || echo "look at the worker"
    """
    from intake.db import transaction
    from intake.health import backups
    from intake.health.status import system_status
    from intake.settings import settings

    with database_needed(), transaction() as session:
        found, kept = system_status(session), backups.state(session, settings())
    sys.exit(0 if (_one(found, kind) if kind else _all(found, kept)) else 1)


def _all(found: "SystemStatus", kept: "BackupState") -> bool:
    click.echo(found.report.sentence)
    if found.report.advice:
        click.echo(found.report.advice)
    for sentence in found.version_skew.values():
        click.echo(sentence)
    for trouble in kept.troubles:
        click.echo(f"{trouble.sentence} {trouble.advice}")
    for process in found.processes:
        state = "alive" if process.alive else "silent"
        busy = f"  {found.busy(process)} of {process.places} busy" if process.kind == "worker" else ""
        click.echo(f"  {process.kind:<10} {state:<7} {process.name}  {process.version}{busy}".rstrip())
    for queue in found.queues:
        state = "  paused" if queue.pause else ""
        click.echo(f"  {queue.name:<13} {queue.waiting:>6} waiting {len(queue.running):>4} running{state}")
    click.echo("  jobs       " + ", ".join(f"{count} {state}" for state, count in found.jobs.items()))
    return found.report.ok


def _one(found: "SystemStatus", kind: str) -> bool:
    """Check one process of this machine by its heartbeat, because it has no port to connect to."""
    from intake.settings import settings

    name = f"{settings().worker_name if kind == 'worker' else kind}@{socket.gethostname()}"
    process = next((p for p in found.processes if p.name == name), None)
    alive = process is not None and process.alive
    click.echo(f"{name} is alive." if alive else f"{name} has not reported within the last 20 seconds.")
    return alive
