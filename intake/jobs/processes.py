"""Processes of Transom and their heartbeats. A process updates its row in `heartbeats` every 5 seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.job_kinds import QUEUES
from intake.models import Editor, Heartbeat, Job, record
from intake.models.heartbeat import FORGOTTEN_AFTER, KINDS
from intake.models.job import NOT_A_CANARY

# Three missed heartbeats of 5 s each, plus a margin for a busy machine.
SILENT_AFTER = timedelta(seconds=20)


@dataclass(frozen=True)
class BrokerStatus:
    """State of the broker when the relay last asked it.

    `trouble` is empty while the broker accepts jobs, else a key of `broker_troubles.TROUBLES`. Memory is in
    bytes. `most_memory` is the broker's `maxmemory`, 0 for no limit. `answered_at` is its last reply's time.
    """

    version: str
    memory: int
    most_memory: int
    trouble: str
    answered_at: datetime | None


@dataclass(frozen=True)
class ProcessStatus:
    """Process with its last heartbeat.

    `kind` is worker, relay or scheduler. `queues` are the queues that a worker serves. `places` is the number
    of jobs that it runs at once. `memory` is in bytes and includes child processes. `stopping` is true once
    the worker starts no more jobs, because of a signal or an admin. `stop_asked_at` is set only if an admin
    asked. `broker` is set only for a relay.
    """

    name: str
    kind: str
    alive: bool
    started_at: datetime
    seen_at: datetime
    stop_asked_at: datetime | None
    stopping: bool
    version: str
    memory: int | None
    queues: tuple[str, ...]
    places: int
    sandbox: str | None
    broker: BrokerStatus | None


@dataclass(frozen=True)
class WorkerLoad:
    """Number of jobs that a worker is running, and number of jobs that it ended since yesterday.

    `running` includes canaries, because a running canary keeps the worker from running another job. `ended`
    leaves canaries out.
    """

    running: int = 0
    ended: int = 0
    last_ended_at: datetime | None = None


def processes(session: Session, now: datetime) -> list[ProcessStatus]:
    """Processes with a heartbeat within the last day, in the order of KINDS and then by name."""
    beats = session.scalars(select(Heartbeat).where(Heartbeat.seen_at > now - FORGOTTEN_AFTER))
    found = [_process(beat, now) for beat in beats]
    # Silent web servers are left out: a recreated container has a new name, so its old name would look like a crash.
    return sorted(
        (one for one in found if one.alive or one.kind != "web"), key=lambda p: (KINDS.index(p.kind), p.name)
    )


def forget_silent(session: Session) -> None:
    """Delete the heartbeats of processes that are no longer shown."""
    session.execute(delete(Heartbeat).where(Heartbeat.seen_at < func.now() - FORGOTTEN_AFTER))


def worker_loads(session: Session) -> dict[str, WorkerLoad]:
    """Name of a worker → its load. Workers that run no job and ended none since yesterday are missing."""
    # Whole days, because the times of ended jobs are stored to the day (coarsening.py).
    yesterday = func.date_trunc("day", func.now(), "UTC") - FORGOTTEN_AFTER
    ended = session.execute(
        select(Job.worker, func.count(), func.max(Job.finished_at))
        .where(Job.queue.in_(QUEUES), Job.finished_at >= yesterday, NOT_A_CANARY)
        .group_by(Job.worker)
    )
    in_hand = select(Job.worker, func.count()).where(Job.status == "running").group_by(Job.worker)
    running = dict(session.execute(in_hand).all())
    found = {
        worker: WorkerLoad(running.pop(worker, 0), count, last) for worker, count, last in ended if worker
    }
    return found | {worker: WorkerLoad(count) for worker, count in running.items() if worker}


def _process(beat: Heartbeat, now: datetime) -> ProcessStatus:
    details = beat.details
    return ProcessStatus(
        name=beat.name,
        kind=beat.kind,
        alive=now - beat.seen_at < SILENT_AFTER,
        started_at=beat.started_at,
        seen_at=beat.seen_at,
        stop_asked_at=beat.stop_asked_at,
        stopping=bool(details.get("stopping")),
        version=details.get("version", ""),
        memory=details.get("memory"),
        queues=tuple(details.get("queues", QUEUES)) if beat.kind == "worker" else (),
        places=details.get("places", 1),
        sandbox=details.get("sandbox"),
        broker=_broker(details["broker"]) if "broker" in details else None,
    )


def _broker(details: dict[str, Any]) -> BrokerStatus:
    answered = details.get("answered_at")
    return BrokerStatus(
        details.get("version", ""),
        details.get("memory", 0),
        details.get("most_memory", 0),
        details.get("trouble", ""),
        datetime.fromisoformat(answered) if answered else None,
    )


def start(session: Session, name: str, kind: str, details: dict[str, Any]) -> None:
    """Write the first heartbeat of a process: set its start time, and clear an earlier request to stop."""
    _write(session, name, kind, details, started_at=func.now(), stop_asked_at=None)


def beat(session: Session, name: str, kind: str, details: dict[str, Any]) -> None:
    """Write a further heartbeat of a running process."""
    _write(session, name, kind, details)


def ask_to_stop(session: Session, name: str, actor: Editor | None = None, reason: str = "") -> bool:
    """Ask a worker to finish its running jobs and exit. Returns False if it has been asked already.

    The worker's supervisor (`transom up`, systemd, Docker) then restarts it. `actor` is None if the command
    line asks. Raises NotFound if no worker of this name wrote a heartbeat within the last day.
    """
    there = (Heartbeat.name == name) & (Heartbeat.kind == "worker")
    lately = Heartbeat.seen_at > func.now() - FORGOTTEN_AFTER
    found = session.scalar(select(Heartbeat).where(there, lately).with_for_update())
    if found is None:
        raise NotFound
    if found.stop_asked_at is not None:
        return False
    found.stop_asked_at = func.now()
    record(session, "worker.stop_asked", actor=actor, worker=name, reason=reason)
    return True


def is_asked_to_stop(session: Session, name: str) -> bool:
    """Return whether an admin has asked this worker to stop since it started."""
    return session.scalar(select(Heartbeat.stop_asked_at).where(Heartbeat.name == name)) is not None


def was_stopping(session: Session, name: str) -> bool:
    """Return whether a process was stopping when it wrote its last heartbeat."""
    last = session.get(Heartbeat, name)
    return last is not None and bool(last.details.get("stopping"))


def _write(session: Session, name: str, kind: str, details: dict[str, Any], **more: Any) -> None:
    row = {"kind": kind, "details": details, "seen_at": func.now(), **more}
    session.execute(
        insert(Heartbeat)
        .values(name=name, **row)
        .on_conflict_do_update(index_elements=[Heartbeat.name], set_=row)
    )
