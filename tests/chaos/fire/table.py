"""Results of a run as Markdown tables, for the terminal and docs/chaos.md."""

from collections.abc import Iterable

from tests.chaos.fire.battle import Outcome
from tests.chaos.fire.faults import LASTING, SUDDEN

FINDINGS_SHOWN = 40


def table(outcome: Outcome) -> str:
    """Tables of faults, responses and the final state, and the first findings."""
    faults = [(kind, _times(outcome, kind)) for kind in (*SUDDEN, *LASTING)]
    receipts = outcome.asked["receipt"]
    others = sorted(
        (f"no receipt: {name}", count) for name, count in outcome.asked.items() if name != "receipt"
    )
    counts = sorted(outcome.tally.counts.items())
    parts = [
        _rows("fault", faults),
        _rows("of clients and from the ledger", [("receipts", receipts), *others, *counts]),
        "\n".join(f"- {finding.kind}: {finding.what}" for finding in outcome.tally.findings[:FINDINGS_SHOWN]),
    ]
    return "\n\n".join(part for part in parts if part)


def _times(outcome: Outcome, kind: str) -> str:
    return str(outcome.hits[kind]) if kind in outcome.kinds else "not possible here"


def _rows(title: str, rows: Iterable[tuple[str, object]]) -> str:
    return "\n".join(
        [f"| {title} | times |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    )
