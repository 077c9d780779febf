"""Results of a run, as text, JSON and Markdown."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.bench.bench import Bench
from tests.bench.case import MEASURES
from tests.bench.figure import figure
from tests.bench.machine import sentence
from tests.bench.outcome import Outcome
from tests.bench.ratio import Ratio, ratios

DIGITS = 6
READERS = "For developers, and for admins who ask how much a machine can do."


@dataclass(frozen=True)
class Report:
    """`outcomes` are in the order of the cases. `machine` comes from machine.py."""

    bench: Bench
    rounds: int
    machine: dict[str, Any]
    outcomes: Sequence[Outcome]

    def json(self) -> str:
        """One object: `{"name", "machine", "cases": [{"name", "rounds", "wall_s", "cpu_s", "peak_mb", …}], "ratios", "ranges"}`."""
        found = ratios(self.outcomes)
        whole = {
            "name": self.bench.name,
            "machine": self.machine,
            "cases": [_told(outcome) for outcome in self.outcomes],
            "ratios": {ratio.name: round(ratio.median, DIGITS) for ratio in found},
            "ranges": {ratio.name: [round(end, DIGITS) for end in ratio.range] for ratio in found},
        }
        return json.dumps(whole, ensure_ascii=False)

    def table(self) -> str:
        """Aligned table for a terminal, followed by ratios and failures."""
        rows = [self._head(), *self._rows()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [_aligned(row, widths) for row in rows]
        return "\n".join([*lines, *([""] if self._remarks() else []), *self._remarks()])

    def markdown(self, day: date) -> str:
        """Page docs/bench/NAME.md, with its plot NAME.svg."""
        name, head = self.bench.name, self._head()
        table = [head, ["---", *("---:" for _ in head[1:])], *self._rows()]
        more = self.bench.appendix()
        return "\n".join(
            [
                f"# Bench: {name}\n\n{READERS}\n\n{self.bench.about.strip()}\n",
                f"![Bars of the figures in the table below]({name}.svg)\n",
                *(f"| {' | '.join(row)} |" for row in table),
                "",
                *(f"- {remark}" for remark in self._remarks()),
                f"\nMedians of {self.rounds} {'round' if self.rounds == 1 else 'rounds'}, cases in turns, each in a fresh process, after one warm-up.",
                *(["A ratio is the median of the rounds. Its range follows."] if self.rounds > 1 else []),
                f"Measured on {day.isoformat()} on {sentence(self.machine)}.",
                *([f"\n{more}"] if more else []),
                f"\nTo measure again: `script/bench {name} --write`.\n",
            ]
        )

    def _head(self) -> list[str]:
        return ["case", *(MEASURES.get(key, key.replace("_", " ")) for key in self._keys())]

    def _rows(self) -> list[list[str]]:
        return [[o.case.name, *(figure(o.medians.get(key)) for key in self._keys())] for o in self.outcomes]

    def _keys(self) -> list[str]:
        """Measures of every case, then those that single cases added."""
        return list(
            dict.fromkeys([*MEASURES, *(key for outcome in self.outcomes for key in outcome.medians)])
        )

    def _remarks(self) -> list[str]:
        said = [_sentence(ratio) for ratio in ratios(self.outcomes)]
        said += [f"{o.case.name}: left out, {o.missing} is not installed" for o in self.outcomes if o.missing]
        return said + [f"{o.case.name} failed: {o.error}" for o in self.outcomes if o.error]


def _sentence(ratio: Ratio) -> str:
    spread = f", {'–'.join(map(figure, ratio.range))}" if len(ratio.values) > 1 else ""
    names = f"{ratio.case.name} ÷ {ratio.case.baseline}"
    return f"{names} = {figure(ratio.median)} ({_short(ratio.measure)}{spread})"


def _short(key: str) -> str:
    """Name of a measure without its unit."""
    return MEASURES.get(key, key).partition(",")[0]


def _told(outcome: Outcome) -> dict[str, Any]:
    measures = {key: outcome.medians.get(key) for key in MEASURES} | outcome.medians
    told: dict[str, Any] = {"name": outcome.case.name, "rounds": len(outcome.rounds)}
    told |= {key: None if value is None else round(value, DIGITS) for key, value in measures.items()}
    why = {"error": outcome.error, "missing": outcome.missing}
    return told | {key: value for key, value in why.items() if value}


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])
