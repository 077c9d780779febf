"""Fake cases, which write to a journal that they ran, and in which process."""

import os
from contextlib import nullcontext
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.case import Case, Context, Measures
from tests.bench.outcome import Outcome


def note(context: Context) -> Measures:
    """Add a line to the journal. Its number is the wall time."""
    with open(context["journal"], "a+") as journal:
        journal.write(f"{context['mark']} {os.getpid()}\n")
        journal.seek(0)
        return {"wall_s": len(journal.readlines())}


def fail(context: Context) -> None:
    """Add a line to the journal, then fail."""
    note(context)
    raise RuntimeError("the lamp is out")


def talk(context: Context) -> None:
    """Print a line that is no JSON."""
    print("{nonsense")


def noted(mark: str, **how: str) -> Case:
    """Return a case with the name `mark` that calls `note`. `how` has further arguments of `Case`."""
    return Case(mark, call=note, given={"mark": mark}, **how)  # type: ignore[arg-type]


def bench_of(folder: Path, *cases: Case) -> Bench:
    """Benchmark whose journal is in `folder`."""
    return Bench(
        "pretended", "What is pretended.", cases, lambda: nullcontext({"journal": str(folder / "journal")})
    )


def journal(folder: Path) -> list[list[str]]:
    """Mark and process id of each run."""
    return [line.split() for line in (folder / "journal").read_text().splitlines()]


def outcome(name: str, wall: float = 1, cpu: float = 1, peak: float = 1, **more: str) -> Outcome:
    """Outcome of one round with these figures."""
    case = Case(name, argv=("true",), **more)  # type: ignore[arg-type]
    return Outcome(case, [{"wall_s": wall, "cpu_s": cpu, "peak_mb": peak}])
