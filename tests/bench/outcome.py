"""Results of a case over all rounds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from tests.bench.case import Case, Measures


@dataclass
class Outcome:
    """`error` says why the case failed. `missing` is the program without which it could not run."""

    case: Case
    rounds: list[Measures] = field(default_factory=list)
    error: str = ""
    missing: str = ""

    @property
    def medians(self) -> Measures:
        """Median of each measure. Empty for a case that failed in any round."""
        if self.error or not self.rounds:
            return {}
        return {name: median(one[name] for one in self.rounds) for name in self.rounds[0]}


def ratios(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """`case/baseline` → ratio of the medians, for all cases that have both."""
    by_name = {outcome.case.name: outcome for outcome in outcomes}
    found = {}
    for name, outcome in by_name.items():
        base = by_name.get(outcome.case.baseline)
        over, under = _compared(outcome, outcome), _compared(base, outcome)
        if over is not None and under:
            found[f"{name}/{outcome.case.baseline}"] = over / under
    return found


def _compared(outcome: Outcome | None, by: Outcome) -> float | None:
    return outcome.medians.get(by.case.compared) if outcome else None
