"""Case of a benchmark, and its measures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Context = Mapping[str, str]
"""Values that a benchmark set up for its cases, such as paths and URLs.

They are passed to other processes as strings.
"""
Measures = dict[str, float]
Call = Callable[[Context], Measures | None]

MEASURES = {"wall_s": "wall time, s", "cpu_s": "CPU time, s", "peak_mb": "peak memory, MB"}
"""Measures of every case: wall time, CPU time (user and system), peak memory of any single process (MiB)."""


@dataclass(frozen=True)
class Case:
    """A program (`argv`, in which `{name}` stands for a value of the context) or a function at the top of a module (`call`).

    The function is imported before the clock starts. It may return measures of its own, which then count instead of
    ours, and others, which become further columns. `given` adds to the context; `needs` are programs without which the
    case is left out; `compared` is the measure that is divided by that of the case named `baseline`, as are those of
    `also_compared`. A `paired` case has its baseline measured again right before it, because a busy machine may be twice
    as fast a minute later.
    """

    name: str
    argv: tuple[str, ...] = ()
    call: Call | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    baseline: str = ""
    compared: str = "wall_s"
    also_compared: tuple[str, ...] = ()
    paired: bool = False
    limit_s: float = 600

    def __post_init__(self) -> None:
        if bool(self.argv) == bool(self.call):
            raise ValueError(f"{self.name}: either a program or a function")
