"""Servers, relay and workers for benchmarks of jobs, without web and scheduler, and the cost of each kind of process."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from sqlalchemy import exists, func, select

from intake.audit import roles
from intake.cli.processes import worker_argv
from intake.db import migrate, transaction
from intake.local.processes import server_specs
from intake.local.supervision.supervisor import Supervisor
from intake.models import Heartbeat, Job
from intake.settings import Settings
from tests.bench.case import Context, Measures
from tests.bench.family import Family
from tests.bench.stopwatch import cpu_s
from tests.forgetting import forget
from tests.machines import Machines, machines
from tests.waiting import until

LOOK_S = 0.1
"""Interval of the check whether all jobs are done. Each check costs the database as much as a job."""


@contextmanager
def served() -> Iterator[Context]:
    """PostgreSQL and Valkey as `transom up` runs them, with empty tables."""
    with TemporaryDirectory(prefix="transom-bench-") as folder:
        home = Settings(data_dir=Path(folder) / "data")
        supervisor = Supervisor(server_specs(home))
        try:
            supervisor.start()
            migrate(home.owner_url)
            roles.grant(home)
            yield {"folder": folder, **{name: str(pid) for name, pid in supervisor.pids.items()}}
        finally:
            supervisor.stop()
            shutil.rmtree(home.run_dir, ignore_errors=True)


class EngineRoom:
    """Processes on the servers of a context."""

    def __init__(self, context: Context, started: Machines) -> None:
        self._started = started
        self._pids = [(name, int(context[name])) for name in ("postgres", "valkey")]
        self._names: list[str] = []

    def relay(self) -> None:
        """Start a relay."""
        self._pids.append(("relay", self._started.transom("relay", "relay").pid))

    def worker(self, app: str, *queues: str, **env: str) -> None:
        """Start a worker of this application under its own host name, without logging each job."""
        name = f"worker-{os.getpid()}-{len(self._names)}"
        env = {"TRANSOM_LOG_LEVEL": "WARNING", "TRANSOM_WORKER_NAME": name, **env}
        self._pids.append(("worker", self._started.start(name, worker_argv(queues, app), **env).pid))
        self._names.append(name)

    def wait_for_workers(self) -> None:
        """Wait for the first heartbeat of every worker."""
        until(lambda: self._alive() == len(self._names), 60)

    def _alive(self) -> int:
        names = func.split_part(Heartbeat.name, "@", 1)
        with transaction() as session:
            return session.scalars(select(func.count()).where(names.in_(self._names))).one()

    @contextmanager
    def costs(self) -> Iterator[Measures]:
        """CPU seconds in the block for each kind of process and in total, and the largest process's memory."""
        families = [(name, Family(pid)) for name, pid in self._pids]
        for _, family in families:
            family.forget_peaks()
        costs: Measures = {}
        begun, before = time.monotonic(), _spent(families)
        yield costs
        costs["wall_s"] = time.monotonic() - begun
        spent = {name: after - before[name] for name, after in _spent(families).items()}
        costs["cpu_s"] = sum(spent.values())
        costs["peak_mb"] = max(family.peak_mb() for _, family in families)
        costs |= {f"{name}_cpu_s": seconds for name, seconds in spent.items()}


def _spent(families: list[tuple[str, Family]]) -> Measures:
    spent = {"sender": cpu_s()}
    for name, family in families:
        spent[name] = spent.get(name, 0) + family.cpu_s()
    return spent


@contextmanager
def engine_room(context: Context, **env: str) -> Iterator[EngineRoom]:
    """EngineRoom on the servers of a context.

    Keywords are environment variables for all processes, including this one.
    """
    with at_home(context, **env) as variables, machines(Path(context["folder"]), variables) as started:
        yield EngineRoom(context, started)


@contextmanager
def at_home(context: Context, **env: str) -> Iterator[dict[str, str]]:
    """Use the servers of a context in this process during the block. Yields the environment variables for that."""
    variables = {"TRANSOM_DATA_DIR": str(Path(context["folder"]) / "data"), **env}
    with patch.dict(os.environ, variables):
        forget()
        try:
            yield variables
        finally:
            forget()


def at_rest() -> bool:
    """Wait LOOK_S seconds, then return whether no job is open."""
    time.sleep(LOOK_S)
    with transaction() as session:
        return not session.scalar(select(exists().where(Job.status.in_(["pending", "sent", "running"]))))
