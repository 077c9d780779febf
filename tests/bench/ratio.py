"""Cost of a case divided by that of its baseline, round by round."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from tests.bench.case import Case, Measures
from tests.bench.outcome import Outcome


@dataclass(frozen=True)
class Ratio:
    """`values` are the ratios of single rounds. Both measurements of a ratio are from one round."""

    case: Case
    measure: str
    values: tuple[float, ...]

    @property
    def name(self) -> str:
        """`case/baseline`, and the measure if it is a further one of the case."""
        name = f"{self.case.name}/{self.case.baseline}"
        return name if self.measure == self.case.compared else f"{name}/{self.measure}"

    @property
    def median(self) -> float:
        """Median of the rounds."""
        return median(self.values)

    @property
    def range(self) -> tuple[float, float]:
        """Lowest and highest ratio of a round."""
        return min(self.values), max(self.values)


def ratios(outcomes: Iterable[Outcome]) -> list[Ratio]:
    """Ratios of all cases that have figures, and whose baseline has them too."""
    by_name = {outcome.case.name: outcome for outcome in outcomes}
    return [ratio for outcome in by_name.values() for ratio in _of(outcome, by_name)]


def _of(outcome: Outcome, by_name: dict[str, Outcome]) -> Iterator[Ratio]:
    base = by_name.get(outcome.case.baseline)
    if base is None or not outcome.medians or not base.medians:
        return
    for measure in (outcome.case.compared, *outcome.case.also_compared):
        values = tuple(_divided(outcome.rounds, outcome.bases or base.rounds, measure))
        if values:
            yield Ratio(outcome.case, measure, values)


def _divided(rounds: list[Measures], bases: list[Measures], measure: str) -> Iterator[float]:
    for over, under in zip(rounds, bases, strict=False):
        if measure in over and under.get(measure):
            yield over[measure] / under[measure]
