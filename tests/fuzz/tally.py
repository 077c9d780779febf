"""How a run stands, and the failing files that it kept."""

import hashlib
from collections import Counter
from pathlib import Path

from tests.fuzz.trial import Trial


class Tally:
    """Counts by outcome, the slowest file, and findings, of which each input is kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0
        self.findings: list[str] = []

    @property
    def executions(self) -> int:
        return self.outcomes.total()

    def add(self, data: bytes, trial: Trial) -> None:
        """Count one file."""
        self.outcomes[trial.outcome] += 1
        self.slowest = max(self.slowest, trial.seconds)
        if trial.finding:
            self.keep(data, trial.finding)

    def keep(self, data: bytes, what: str) -> None:
        """Save a failing input under a name that follows from it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / hashlib.sha256(data).hexdigest()[:16]
        path.write_bytes(data)
        self.findings.append(f"{what}\n  again: script/fuzz photos --replay {path}")

    def summary(self) -> str:
        """All of it, for people."""
        outcomes = "".join(f"\n  {name}: {count}" for name, count in self.outcomes.most_common())
        head = f"{self.executions} executions, slowest {self.slowest:.1f} s, {len(self.findings)} findings"
        return "\n".join([head + outcomes, *self.findings])
