"""`transom status`."""

import sys

import click


@click.command()
def status() -> None:
    """Say in one sentence whether submissions are being processed. Exit 1 if not.

    Example: transom status || echo "look at the worker"
    """
    from intake.db import DatabaseAway, transaction
    from intake.queries.machinery import machinery

    try:
        with transaction() as session:
            found = machinery(session)
    except DatabaseAway:
        raise click.ClickException(
            "The database does not answer. Is Transom running? Start it with `transom up`."
        ) from None
    click.echo(found.verdict.sentence)
    if found.verdict.advice:
        click.echo(found.verdict.advice)
    for process in found.processes:
        click.echo(
            f"  {process.kind:<10} {'alive ' if process.alive else 'silent'}  {process.name}  {process.jobs_done} jobs done"
        )
    click.echo("  jobs       " + ", ".join(f"{count} {state}" for state, count in found.jobs.items()))
    sys.exit(0 if found.verdict.ok else 1)
