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

    The function is imported before the measurement starts. It may return measures, which replace the standard ones or
    become further columns. `given` adds to the context. Without the programs in `needs`, the case is left out. The
    measures `compared` and `also_compared` are divided by those of the case named `baseline`. The baseline of a `paired`
    case is measured again right before it, because the speed of a busy machine may double within a minute.
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
