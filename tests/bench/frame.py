"""Runs the cases of a benchmark in turns (A B C A B C …), so that slow phases affect all alike.

A paired case is preceded by its baseline (A A B A C …).
"""

import shutil
from collections.abc import Callable, Sequence

from tests.bench.bench import Bench
from tests.bench.case import Case, Context
from tests.bench.child import CaseFailed, measured
from tests.bench.outcome import Outcome

Note = Callable[[int, Case], None]
"""Called with round (0 is the warm-up) and case before each measurement."""


def run(bench: Bench, rounds: int, note: Note) -> list[Outcome]:
    """Run a warm-up round and `rounds` measured ones. A failed case is not repeated, the others continue."""
    outcomes = [Outcome(case, missing=_missing(case)) for case in bench.cases]
    with bench.shared() as context:
        for turn in range(rounds + 1):
            for outcome in outcomes:
                if not outcome.error and not outcome.missing:
                    note(turn, outcome.case)
                    _measure(outcome, _base(outcome.case, outcomes), context, turn)
    return outcomes


def _base(case: Case, outcomes: Sequence[Outcome]) -> Case | None:
    """Baseline to measure right before a paired case. None if there is none, or if it cannot be measured."""
    found = (o.case for o in outcomes if o.case.name == case.baseline and not o.error and not o.missing)
    return next(found, None) if case.paired else None


def _measure(outcome: Outcome, base: Case | None, context: Context, turn: int) -> None:
    try:
        bases = [measured(base, context)] if base and turn else []
        measures = measured(outcome.case, context)
    except CaseFailed as failure:
        outcome.error = str(failure)
    else:
        if turn:
            outcome.rounds.append(measures)
            outcome.bases += bases


def _missing(case: Case) -> str:
    return ", ".join(program for program in case.needs if shutil.which(program) is None)
