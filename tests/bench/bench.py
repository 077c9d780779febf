"""A bench: a module of this package with `CASES`; `shared` where they need something set up; `appendix` for more on its page."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module

from tests.bench.case import Case, Context

BENCHES = ("desk", "jobs", "pipeline", "photos", "scale", "text", "throughput")


class UnknownBench(Exception):
    """There is none of this name; the message lists those there are."""


@dataclass(frozen=True)
class Bench:
    """`about` says in Markdown what is measured; `shared` is entered once around all rounds and gives the context.

    `appendix` is called when the page is written, and gives Markdown that goes below the table.
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
    """The bench in the module of that name; raise UnknownBench."""
    if name not in BENCHES:
        raise UnknownBench(f"There is no bench {name!r}. There are: {', '.join(BENCHES)}.")
    module = import_module(f"tests.bench.{name}")
    shared, appendix = getattr(module, "shared", _nothing), getattr(module, "appendix", str)
    return Bench(name, module.__doc__ or "", module.CASES, shared, appendix)


def _nothing() -> AbstractContextManager[Context]:
    return nullcontext({})
