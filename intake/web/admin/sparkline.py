"""A line of what waited in a queue over the last day, as points of an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.jobs.figures import DAY, Sample

WIDTH, HEIGHT = 288, 40
"""Of the drawing; one unit of its width is five minutes."""


@dataclass(frozen=True)
class Sparkline:
    """`stretches` as `x,y x,y …`, parted since nothing is drawn where nothing was put down. Figures are of jobs."""

    stretches: list[str]
    most: int
    came: int
    ended: int


def sparkline(day: Sequence[Sample], now: datetime) -> Sparkline:
    """The line of a day's samples, the latest on the right."""
    most = max((sample.waiting for sample in day), default=0)
    stretches: list[list[str]] = []
    before: float | None = None
    for sample in day:
        x = WIDTH * (1 - (now - sample.at) / DAY)
        y = HEIGHT - 1 - (HEIGHT - 2) * sample.waiting / max(most, 1)
        if before is None or x - before > 2:
            stretches.append([])
        stretches[-1].append(f"{x:.1f},{y:.1f}")
        before = x
    return Sparkline(
        [" ".join(points) for points in stretches],
        most,
        sum(sample.came for sample in day),
        sum(sample.ended for sample in day),
    )
