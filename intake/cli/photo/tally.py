"""Last lines of a run: the number of files by outcome, and the reasons with what to do."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

_WORDS = {
    "clean": "cleaned",
    "refused": "refused",
    "skipped": "skipped",
    "unreadable": "unreadable",
    "unwritten": "not written",
}
"""Status of a report → word in the last lines."""
_ALWAYS = ("clean", "refused")


class Tally:
    """Count of the reports of a run."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._reasons: Counter[tuple[str, str]] = Counter()

    def add(self, report: dict[str, Any]) -> None:
        """Count one report."""
        self._statuses[report["status"]] += 1
        if report["reason"]:
            self._reasons[report["status"], report["reason"]] += 1

    @property
    def has_failures(self) -> bool:
        """Return whether a file was refused, or could not be read or written."""
        return any(self._statuses[status] for status in ("refused", "unreadable", "unwritten"))

    def lines(self) -> Iterator[str]:
        """Yield the reasons, most frequent first, and the tally: `27 cleaned, 3 refused.`"""
        from intake.photos.batch.reports import remedy

        for (status, reason), number in self._reasons.most_common():
            yield f"{number} {_WORDS[status]}: {remedy(reason)}"
        counts = [(self._statuses[status], status) for status in _WORDS]
        told = [f"{number} {_WORDS[status]}" for number, status in counts if number or status in _ALWAYS]
        yield f"{', '.join(told)}."
