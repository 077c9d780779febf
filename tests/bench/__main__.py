"""`python -m tests.bench NAME`: see script/bench."""

import signal
import sys

import click

from tests.bench import bench, frame, page
from tests.bench.machine import machine
from tests.bench.progress import Progress
from tests.bench.report import Report

ROUNDS = 5


@click.command(epilog=f"Benches: {', '.join(bench.BENCHES)}.")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@click.option("--write", is_flag=True, help="Update docs/bench/NAME.md and its plot.")
@click.option("--rounds", type=click.IntRange(min=1), default=ROUNDS, show_default=True)
def main(name: str, as_json: bool, write: bool, rounds: int) -> None:
    """Measure the cases of a benchmark in turns, each in a new process. Exit code 1 if a case failed.

    Example: script/bench pipeline --rounds 3
    """
    report = _run(name, rounds)
    click.echo(report.json() if as_json else report.table())
    failed = any(outcome.error for outcome in report.outcomes)
    if write and failed:
        click.echo("Nothing was written, since a case failed.", err=True)
    elif write:
        click.echo(f"Written: {page.write(report, page.FOLDER)}", err=True)
    sys.exit(1 if failed else 0)


def _run(name: str, rounds: int) -> Report:
    try:
        chosen = bench.load(name)
    except bench.UnknownBench as unknown:
        raise click.BadParameter(str(unknown), param_hint="NAME") from None
    progress = Progress(rounds)
    try:
        return Report(chosen, rounds, machine(), frame.run(chosen, rounds, progress.note))
    finally:
        progress.end()


if __name__ == "__main__":
    # Raised as an exception, so that started processes are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main(prog_name="script/bench")
