"""A benchmark: module of this package with `CASES`, and optionally `shared` and `appendix`."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module

from tests.bench.case import Case, Context

BENCHES = (
    "desk",
    "documents",
    "faces",
    "jobs",
    "pipeline",
    "photos",
    "scale",
    "search",
    "text",
    "throughput",
    "upload",
    "writing",
)


class UnknownBench(Exception):
    """There is no benchmark of this name. The message lists all."""


@dataclass(frozen=True)
class Bench:
    """Benchmark.

    `about` is its description in Markdown. `shared` is entered once around all rounds and yields the
    context. `appendix` returns Markdown for the page, below the table.
    """

    name: str
    about: str
    cases: Sequence[Case]
    shared: Callable[[], AbstractContextManager[Context]]
    appendix: Callable[[], str] = str

    def __post_init__(self) -> None:
        names = [case.name for case in self.cases]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.name}: two cases of one name")
        strays = [case.baseline for case in self.cases if case.baseline and case.baseline not in names]
        if strays:
            raise ValueError(f"{self.name}: no case is named {strays[0]}")


def load(name: str) -> Bench:
    """Benchmark in the module of this name. Raises UnknownBench."""
    if name not in BENCHES:
        raise UnknownBench(f"There is no bench {name!r}. There are: {', '.join(BENCHES)}.")
    module = import_module(f"tests.bench.{name}")
    shared, appendix = getattr(module, "shared", _nothing), getattr(module, "appendix", str)
    return Bench(name, module.__doc__ or "", module.CASES, shared, appendix)


def _nothing() -> AbstractContextManager[Context]:
    return nullcontext({})
