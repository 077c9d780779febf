"""The servers and processes that carry jobs, without web and scheduler, and what each kind of them costs."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from intake.cli.processes import worker_argv
from intake.db import migrate
from intake.local.crew import servers
from intake.local.supervisor import Supervisor
from intake.settings import Settings, settings
from tests.bench.case import Context, Measures
from tests.bench.family import Family
from tests.bench.stopwatch import cpu_s
from tests.machines import Machines, machines


@contextmanager
def served() -> Iterator[Context]:
    """PostgreSQL and Valkey as `transom up` runs them, with all tables and nothing in them."""
    with TemporaryDirectory(prefix="transom-bench-") as folder:
        home = Settings(data_dir=Path(folder) / "data")
        supervisor = Supervisor(servers(home))
        try:
            supervisor.start()
            migrate(home.sqlalchemy_url)
            yield {"folder": folder, **{name: str(pid) for name, pid in supervisor.pids.items()}}
        finally:
            supervisor.stop()
            shutil.rmtree(home.run_dir, ignore_errors=True)


class EngineRoom:
    """Processes beside the servers of a context."""

    def __init__(self, context: Context, started: Machines) -> None:
        self._started = started
        self._pids = {name: int(context[name]) for name in ("postgres", "valkey")}

    def relay(self) -> None:
        """Start one."""
        self._pids["relay"] = self._started.transom("relay", "relay").pid

    def worker(self, app: str, *queues: str) -> None:
        """Start one with this application, quiet about each job."""
        argv = worker_argv(queues, app)
        self._pids["worker"] = self._started.start("worker", argv, TRANSOM_LOG_LEVEL="WARNING").pid

    @contextmanager
    def costs(self) -> Iterator[Measures]:
        """What is spent in the block: CPU seconds of each kind of process, of all, and the largest one's memory."""
        families = {name: Family(pid) for name, pid in self._pids.items()}
        for family in families.values():
            family.forget_peaks()
        costs: Measures = {}
        begun, before = time.monotonic(), _spent(families)
        yield costs
        costs["wall_s"] = time.monotonic() - begun
        spent = {name: after - before[name] for name, after in _spent(families).items()}
        costs["cpu_s"] = sum(spent.values())
        costs["peak_mb"] = max(family.peak_mb() for family in families.values())
        costs |= {f"{name}_cpu_s": seconds for name, seconds in spent.items()}


def _spent(families: dict[str, Family]) -> Measures:
    return {"sender": cpu_s()} | {name: family.cpu_s() for name, family in families.items()}


@contextmanager
def engine_room(context: Context) -> Iterator[EngineRoom]:
    """One on the servers of a context, which are this process's own from now on."""
    folder = Path(context["folder"])
    os.environ["TRANSOM_DATA_DIR"] = str(folder / "data")
    settings.cache_clear()
    with machines(folder, {"TRANSOM_DATA_DIR": str(folder / "data")}) as started:
        yield EngineRoom(context, started)
