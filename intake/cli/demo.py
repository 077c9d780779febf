"""`transom demo`."""

import sys
from typing import TYPE_CHECKING

import click

from intake.cli.database import database_needed

if TYPE_CHECKING:
    from intake.demo.seed import SeedResult


NOBODY = (
    "No worker has taken up what was sent within 20 seconds. Start Transom with `transom up` (or `transom worker` and"
    " `transom relay`), then run `transom demo` again: it goes on from here."
)


@click.command()
@click.option(
    "--password",
    help="One password for the accounts of the demo. Without it each new account gets a random one.",
)
@click.option("--again", is_flag=True, help="Add another round of the same pieces.")
def demo(password: str | None, *, again: bool) -> None:
    """Fill the queue with invented pieces in many scripts, in every status, and make one account a role.

    Transom must be running, since its worker cleans the pieces as it would any other. A second run adds nothing.

    Example: transom demo
    """
    from intake.cli.password import TooShort, hashed
    from intake.demo.seed import Demo, NoWorkerResponds

    with database_needed():
        try:
            result = Demo(hashed, _print_progress).run(password=password, again=again)
        except TooShort as error:
            raise click.ClickException(str(error)) from None
        except NoWorkerResponds:
            raise click.ClickException(NOBODY) from None
    _show(result)


def _print_progress(line: str) -> None:
    click.echo(line, err=True)


def _show(result: "SeedResult") -> None:
    """Passwords on standard output, once; they are kept nowhere else."""
    from intake.models.account import ROLES
    from intake.settings import settings

    if not result.sent:
        click.echo(
            "The demo was here already, so no piece was added. `transom demo --again` adds another round."
        )
    click.echo("\nReceipts to try as a contributor:")
    for receipt, status, title in result.shown:
        click.echo(f"  {receipt}  {status.replace('_', ' '):<17} {title}")
    click.echo(f"\nLog in at {settings().base_url}/login:")
    for member, password in result.passwords.items():
        click.echo(f"  {member.email:<24} {password:<14} {ROLES[member.role].lower()}")
    if not result.passwords:
        click.echo(
            "  The accounts keep their passwords. Lost them? `transom demo --password …` sets one for all."
        )
    sys.stdout.flush()
