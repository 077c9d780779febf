"""API for the system's status, and for control of queues, workers and scheduled jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.health.broker_troubles import TROUBLES
from intake.health.checks import HealthReport
from intake.health.status import SystemStatus, system_status
from intake.job_kinds import EVERY_QUEUE
from intake.jobs import ledger, processes
from intake.jobs import queues as pauses
from intake.jobs.processes import BrokerStatus, ProcessStatus, WorkerLoad
from intake.jobs.queues import Canary, Queue, queues
from intake.jobs.schedules import Schedule
from intake.models import Pause
from intake.models.heartbeat import INCIDENT_CAUSES, KINDS
from intake.models.job import OPEN_STATUSES
from intake.web.access import program_requires
from intake.web.api.admin.blueprint import bp
from intake.web.api.admin.jobs import QueueName
from intake.web.api.fields import OneOf, TextRule
from intake.web.api.operation import operation
from intake.web.api.request_body import Body
from intake.web.forms.admin import NO_REASON, QUEUE, REASON_CHARACTERS, RUNS, kinds_of
from intake.web.forms.fields import one_line
from intake.web.token_auth import editor

__all__ = ["bp"]

NO_QUEUE = {404: "No such queue."}


class ReasonBody(Body):
    """Request for an admin action, with its reason."""

    reason: Annotated[
        str, TextRule(REASON_CHARACTERS, one_line, needed=NO_REASON), Field(description="The others see it.")
    ]


class RunBody(ReasonBody):
    """Request to start a scheduled job immediately."""

    kind: Annotated[str, OneOf(RUNS)]


@dataclass(frozen=True)
class PauseNow:
    """Pause of a queue: time, admin and reason."""

    at: datetime
    by: Annotated[str | None, Field(description="null: by a command on the server.")]
    reason: str


@dataclass(frozen=True)
class Running:
    """Running job of a queue."""

    kind: str
    since: datetime


@dataclass(frozen=True)
class TestRun(Canary):
    """Last canary job of a queue, and its last successful one."""

    error: Annotated[str, Field(description="Empty if the last canary succeeded.")]


@dataclass(frozen=True)
class WorkQueue:
    """Queue of jobs with its figures."""

    name: QueueName
    waiting: Annotated[int, Field(description="Jobs that are due and not started.")]
    submissions: Annotated[int, Field(description="Number of submissions that these jobs belong to.")]
    since: Annotated[datetime | None, Field(description="Due time of the oldest waiting job.")]
    due_since: Annotated[
        datetime | None, Field(description="Due time of the oldest waiting job, canaries included.")
    ]
    running: list[Running]
    last_ended_at: datetime | None
    canary: TestRun
    pause: PauseNow | None


@dataclass(frozen=True)
class BrokerNow(BrokerStatus):
    """State of the message broker as a process last saw it."""

    most_memory: Annotated[int, Field(description="0: no limit.")]
    trouble: Annotated[
        str, Field(description=f"Empty while the broker accepts messages, else one of {', '.join(TROUBLES)}.")
    ]


@dataclass(frozen=True)
class ProcessNow(ProcessStatus):
    """Process with its running jobs, and the number of jobs that it ended since the start of yesterday (UTC)."""

    kind: Annotated[str, OneOf(KINDS)]
    stop_asked_at: Annotated[datetime | None, Field(description="When an admin asked it to finish and stop.")]
    memory: Annotated[int | None, Field(description="Bytes, of it and its children.")]
    places: Annotated[int, Field(description="How many jobs it can run at once.")]
    broker: BrokerNow | None
    work: WorkerLoad


@dataclass(frozen=True)
class Scheduled(Schedule):
    """Scheduled job."""

    every: Annotated[int, Field(description="Seconds.")]  # type: ignore[assignment]


@dataclass(frozen=True)
class Health(HealthReport):
    """Health report of the system, in sentences."""

    public: Annotated[str, Field(description="For the public: without figures and names.")]
    cause: Annotated[str, Field(description=f"Empty if `ok`, else one of {', '.join(INCIDENT_CAUSES)}.")] = ""
    fault: Annotated[str, Field(description="Empty if `ok`, else the sentence without figures.")] = ""


@dataclass(frozen=True)
class Machines:
    """Status of the system: health report, processes, queues, scheduled jobs and open jobs."""

    verdict: Health
    version_skew: Annotated[
        list[str], Field(description="A sentence for each process that still runs an older version.")
    ]
    processes: list[ProcessNow]
    queues: list[WorkQueue]
    schedules: list[Scheduled]
    jobs: Annotated[
        Mapping[Annotated[str, OneOf(OPEN_STATUSES)], int],
        Field(description="Open jobs by status."),
    ]


@dataclass(frozen=True)
class Asked:
    """Result of asking a worker to stop."""

    asked: Annotated[bool, Field(description="false: it was asked before.")]


@dataclass(frozen=True)
class Started:
    """Response to a request to start scheduled jobs: the kinds that were started."""

    started: Annotated[list[str], Field(description="Kinds of job, without those that were running already.")]


@bp.get("/status")
@program_requires("system.read")
@operation("readStatus", "Whether submissions are being processed.")
def status() -> Machines:
    """Return the health report and its figures. Always answers 200, unlike `/healthz/ready`."""
    with transaction() as session:
        found = system_status(session)
        return Machines(
            Health(**vars(found.report)),
            list(found.version_skew.values()),
            [_process(found, process) for process in found.processes],
            [_queue(queue) for queue in found.queues],
            [_schedule(schedule) for schedule in found.schedules],
            found.jobs,
        )


@bp.post(f"/queues/{QUEUE}/pause")
@program_requires("jobs.manage")
@operation(
    "pauseQueue",
    "Pause a queue: start no more of its jobs.",
    refusals=NO_QUEUE,
    example={"reason": "The disk is being replaced"},
)
def pause(queue: str, body: ReasonBody) -> WorkQueue:
    """Start no more jobs of a queue. If it is paused already, its first reason is kept."""
    with transaction() as session:
        pauses.pause(session, queue, body.reason, editor())
    return _one(queue)


@bp.post(f"/queues/{QUEUE}/resume")
@program_requires("jobs.manage")
@operation("resumeQueue", "Resume a queue.", refusals=NO_QUEUE)
def resume(queue: str) -> WorkQueue:
    """Resume a paused queue."""
    with transaction() as session:
        pauses.resume(session, queue, editor())
    return _one(queue)


@bp.post("/workers/<worker>/stop")
@program_requires("jobs.manage")
@operation(
    "stopWorker",
    "Stop a worker once it has finished its jobs.",
    refusals={404: "No such worker."},
    example={"reason": "Upgrade"},
)
def stop_worker(worker: str, body: ReasonBody) -> Asked:
    """Ask a worker to finish its running jobs and exit."""
    with transaction() as session:
        return Asked(processes.ask_to_stop(session, worker, editor(), body.reason))


@bp.post("/schedules/runs")
@program_requires("jobs.manage")
@operation(
    "runNow",
    "Start scheduled jobs now.",
    example={"kind": EVERY_QUEUE, "reason": "The disk was replaced"},
)
def run_now(body: RunBody) -> Started:
    """Start scheduled jobs before their time. The kind `canaries` starts a canary in every queue."""
    with transaction() as session:
        return Started(ledger.run_now(session, kinds_of(body.kind), editor(), body.reason))


def _process(found: SystemStatus, process: ProcessStatus) -> ProcessNow:
    broker = BrokerNow(**vars(process.broker)) if process.broker else None
    return ProcessNow(**vars(process) | {"broker": broker}, work=found.work.get(process.name, WorkerLoad()))


def _schedule(schedule: Schedule) -> Scheduled:
    return Scheduled(**vars(schedule) | {"every": int(schedule.every.total_seconds())})


def _one(name: str) -> WorkQueue:
    with transaction() as session:
        return next(_queue(queue) for queue in queues(session) if queue.name == name)


def _queue(queue: Queue) -> WorkQueue:
    told = {
        "running": [Running(kind, since) for kind, since in queue.running],
        "canary": TestRun(**vars(queue.canary)),
        "pause": _pause(queue.pause) if queue.pause else None,
    }
    return WorkQueue(**vars(queue) | told)


def _pause(pause: Pause) -> PauseNow:
    return PauseNow(pause.at, pause.editor.name if pause.editor else None, pause.reason)
