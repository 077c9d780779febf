"""`python -m tests.chaos.fire`: see script/chaos."""

import secrets
import signal
import sys
from types import FrameType

import click

from tests.chaos.fire.battle import Fallen, Orders, fight
from tests.chaos.fire.table import table

SECONDS, SHORTEST = 600, 30
EACH_SECOND = 2
ENDS = (signal.SIGINT, signal.SIGTERM)


@click.command()
@click.option("--seconds", type=click.IntRange(min=SHORTEST), default=SECONDS, show_default=True)
@click.option(
    "--submissions",
    type=click.IntRange(min=1),
    help=f"{EACH_SECOND} for each second, unless you say otherwise.",
)
@click.option("--seed", type=int, help="Of an earlier run, to have the same faults at the same moments.")
def main(seconds: int, submissions: int | None, seed: int | None) -> None:
    """Send submissions during faults, then check the results. Exit code 1 if anything is wrong.

    Example: script/chaos --seconds 60
    """
    orders = Orders(
        seconds, submissions or EACH_SECOND * seconds, secrets.randbelow(10_000) if seed is None else seed
    )
    click.echo(f"{orders.seconds} seconds, {orders.submissions} submissions, seed {orders.seed}")
    try:
        outcome = fight(orders, click.echo)
    except Fallen as fallen:
        raise click.ClickException(f"transom up has ended. Its log:\n{fallen}") from None
    click.echo(f"\n{table(outcome)}\n")
    if outcome.spared:
        click.echo(f"never used: {', '.join(outcome.spared)}")
    click.echo(outcome.tally.verdict)
    sys.exit(1 if outcome.tally.findings or outcome.spared else 0)


def _end(number: int, _frame: FrameType | None) -> None:
    """Exit by an exception on the first signal, so that cleanup runs. Ignore later signals."""
    for one in ENDS:
        signal.signal(one, signal.SIG_IGN)
    sys.exit(128 + number)


if __name__ == "__main__":
    for one in ENDS:
        signal.signal(one, _end)
    main(prog_name="script/chaos")
