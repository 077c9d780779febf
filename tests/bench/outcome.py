"""Results of a case over all rounds."""

from dataclasses import dataclass, field
from statistics import median

from tests.bench.case import Case, Measures


@dataclass
class Outcome:
    """`error` says why the case failed. `missing` is the program without which it could not run."""

    case: Case
    rounds: list[Measures] = field(default_factory=list)
    bases: list[Measures] = field(default_factory=list)
    """Measures of the baseline right before each round, if the case is paired."""
    error: str = ""
    missing: str = ""

    @property
    def medians(self) -> Measures:
        """Median of each measure. Empty for a case that failed in any round."""
        if self.error or not self.rounds:
            return {}
        return {name: median(one[name] for one in self.rounds) for name in self.rounds[0]}
