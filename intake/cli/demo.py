"""`transom demo`: fill the queue with invented submissions, and create an account for each role."""

import sys
from typing import TYPE_CHECKING

import click

from intake.cli.database import database_needed

if TYPE_CHECKING:
    from intake.demo.seed import SeedResult


NO_WORKER = (
    "No worker has processed anything within 20 seconds. Start Transom with `transom up` (or `transom worker` and"
    " `transom relay`), then run `transom demo` again: it continues from here."
)

RUNNING = "Another `transom demo` is running on this installation. Wait until it has ended, then try again."


@click.command()
@click.option(
    "--password",
    help="Password for all accounts of the demo. By default, each new account gets a random one.",
)
@click.option("--again", is_flag=True, help="Add another round of the same submissions.")
def demo(password: str | None, *, again: bool) -> None:
    """Fill the queue with invented submissions in many scripts and every status, and create an account for each role.

    Transom must be running, because its worker cleans the submissions. A second run adds nothing.

    Example: transom demo
    """
    from intake.accounts.passwords import WeakPassword
    from intake.cli.people.password import hashed
    from intake.demo.exclusive import DemoRunning, exclusive_run
    from intake.demo.seed import Demo, NoWorkerResponds

    with database_needed():
        try:
            with exclusive_run():
                result = Demo(hashed, _print_progress).run(password=password, again=again)
        except WeakPassword as error:
            raise click.ClickException(str(error)) from None
        except DemoRunning:
            raise click.ClickException(RUNNING) from None
        except NoWorkerResponds:
            raise click.ClickException(NO_WORKER) from None
    _show(result)


def _print_progress(line: str) -> None:
    click.echo(line, err=True)


def _show(result: "SeedResult") -> None:
    """Print receipts and new passwords. Passwords cannot be printed later, because only hashes are stored."""
    from intake.models.account import ROLES
    from intake.settings import settings

    if not result.sent:
        click.echo(
            "The demo exists already, so nothing was added. `transom demo --again` adds another round."
        )
    click.echo("\nReceipts to try as a contributor:")
    for receipt, status, title in result.shown:
        click.echo(f"  {receipt}  {status.replace('_', ' '):<17} {title}")
    click.echo(f"\nLog in at {settings().desk_base_url}/login:")
    for member, password in result.passwords.items():
        click.echo(f"  {member.email:<24} {password:<14} {ROLES[member.role].lower()}")
    if not result.passwords:
        click.echo("  The accounts keep their passwords. `transom demo --password …` sets a new one for all.")
    sys.stdout.flush()
