"""How a run stands, and the failing inputs that it kept."""

import hashlib
from collections import Counter
from pathlib import Path

from tests.fuzz.trial import Trial


class Tally:
    """Counts by outcome, the slowest input, and findings, of which each input is kept in `folder`."""

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
        """Save a failing input under a name that follows from it; what was found before is not told again."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / hashlib.sha256(data).hexdigest()[:16]
        path.write_bytes(data)
        told = f"{what}\n  again: script/fuzz {self.what} --replay {path}"
        if told not in self.findings:
            self.findings.append(told)

    def head(self) -> str:
        """How many there were, on one line."""
        return f"{self.executions} executions, slowest {self.slowest:.2f} s, {len(self.findings)} findings"

    def summary(self) -> str:
        """All of it, for people."""
        outcomes = "".join(f"\n  {name}: {count}" for name, count in self.outcomes.most_common())
        return "\n".join([self.head() + outcomes, *self.findings])
