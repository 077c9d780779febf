"""`transom doctor`: check settings, keys, services and the processing of jobs."""

import sys

import click


@click.command()
def doctor() -> None:
    """Check settings, keys, storage, database, broker, OpenID provider, libmagic, codecs, sandbox and the processing of jobs.

    Exit 1 if anything is wrong, and always if `transom status` exits with 1.

    Example: transom doctor
    """
    from intake.health.doctor import examine
    from intake.settings import settings

    well = True
    for finding in examine(settings()):
        mark = click.style("ok   ", fg="green") if finding.ok else click.style("WRONG", fg="red", bold=True)
        click.echo(f"{mark}  {finding.name:<12} {finding.seen}")
        if not finding.ok:
            click.echo(f"       {'':<12} → {finding.advice}")
        well = well and finding.ok
    sys.exit(0 if well else 1)
