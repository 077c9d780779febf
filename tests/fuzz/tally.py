"""Statistics of a fuzzer's run, and the failing inputs that it saved."""

import hashlib
from collections import Counter
from pathlib import Path

from tests.fuzz.trial import Trial


class Tally:
    """Counts by outcome, seconds of the slowest input, and findings. The failing inputs are saved in `folder`."""

    def __init__(self, what: str, folder: Path) -> None:
        self.what, self.folder = what, folder
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0
        self.findings: list[str] = []

    @property
    def executions(self) -> int:
        return self.outcomes.total()

    def add(self, data: bytes, trial: Trial) -> None:
        """Count one input."""
        self.outcomes[trial.outcome] += 1
        self.slowest = max(self.slowest, trial.seconds)
        if trial.finding:
            self.keep(data, trial.finding)

    def keep(self, data: bytes, what: str) -> None:
        """Save a failing input under a name made from its hash, and add the finding unless it is listed already."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / hashlib.sha256(data).hexdigest()[:16]
        path.write_bytes(data)
        told = f"{what}\n  again: script/fuzz {self.what} --replay {path}"
        if told not in self.findings:
            self.findings.append(told)

    def head(self) -> str:
        """Numbers of executions and findings, and the slowest input, on one line."""
        return f"{self.executions} executions, slowest {self.slowest:.2f} s, {len(self.findings)} findings"

    def summary(self) -> str:
        """Report for people: the line of `head`, the counts by outcome, and the findings."""
        outcomes = "".join(f"\n  {name}: {count}" for name, count in self.outcomes.most_common())
        return "\n".join([self.head() + outcomes, *self.findings])
