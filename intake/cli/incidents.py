"""`transom incidents`: list the incidents of the last year."""

import json
from dataclasses import asdict

import click

from intake.cli.database import database_needed
from intake.wording import counted


@click.command()
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=25,
    show_default=True,
    help="Maximum number of incidents.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def incidents(limit: int, *, as_json: bool) -> None:
    """List the incidents of the last year, newest first: start, duration, cause, and how many submissions waited.

    Example: transom incidents --limit 5
    """
    from intake.db import transaction
    from intake.health.incidents import incident_page

    with database_needed(), transaction() as session:
        found = incident_page(session, limit=limit)
    for one in found.items:
        if as_json:
            click.echo(json.dumps(asdict(one), default=lambda at: at.isoformat()))
            continue
        length = f"{one.seconds:,} s" + ("" if one.ended_at else ", still open")
        again = f" It came back {one.returned} times, each time within a minute." if one.returned else ""
        waited = f"at most {counted(one.most_waiting, 'submission')} waited"
        click.echo(f"{one.started_at:%Y-%m-%d %H:%M:%S} UTC  {length}, {waited}: {one.fault}{again}")
    if not found.items:
        click.echo("No incident was logged within a year.")
    if found.next:
        click.echo("There are older ones. See more with --limit.", err=True)
