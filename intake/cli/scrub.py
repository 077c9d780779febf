"""`transom scrub`: remove what PostgreSQL keeps of deleted submissions in its files."""

import sys
from typing import TYPE_CHECKING

import click

from intake.cli.database import database_needed

if TYPE_CHECKING:
    from intake.health.scrub import Plan


@click.command()
@click.option("--dry-run", is_flag=True, help="Change nothing, and show what would be done.")
@click.option("--always", is_flag=True, help="Do all work, even if nothing was deleted since the last scrub.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    help="Longest time for which a table may be locked. Submissions wait for so long. Default: 1 or 10.",
)
def scrub(*, dry_run: bool, always: bool, seconds: float | None) -> None:
    """Remove what PostgreSQL keeps of deleted submissions: in free space of its files, in statistics and in its log.

    A scheduled job does it twice a day. Exit 1 if traces stay, with the reason. If the command is interrupted, run it again.

    Example: transom scrub --dry-run
    """
    from intake.health import scrub as scrubs

    with database_needed():
        if dry_run:
            _show(scrubs.plan(), always=always)
            return
        outcome = scrubs.scrub(click.echo, always=always, seconds=seconds)
    for problem in outcome.problems:
        click.echo(problem, err=True)
    if outcome.problems:
        click.echo("Traces of deleted submissions may stay. See docs/ops/scrub.md.", err=True)
        sys.exit(1)
    nothing = "Nothing was deleted since the last scrub. With --always, it is done all the same."
    click.echo("Done." if outcome.followed or always else nothing)


def _show(plan: "Plan", *, always: bool) -> None:
    """Print what a scrub would do, and what it lacks."""
    for one in plan.missing:
        click.echo(f"{one.sentence} → {one.advice}", err=True)
    if not plan.deletions and not always:
        click.echo("Nothing was deleted since the last scrub, so nothing would be done.")
        return
    click.echo(
        f"Transactions that deleted something since the last scrub: {plan.deletions:,}. A scrub would:"
    )
    for name, size in plan.sizes.items():
        click.echo(f"  rewrite {name}, {size // 1024:,} KB")
    click.echo("  start checkpoints, and close segments of the server’s log until all old ones are gone")
