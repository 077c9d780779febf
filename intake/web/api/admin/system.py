"""Whether submissions are being processed, and the levers on queues, workers and the clock."""

from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.health.status import SystemStatus, system_status
from intake.jobs import ledger, processes
from intake.jobs import queues as pauses
from intake.jobs.processes import ProcessStatus, WorkerLoad
from intake.jobs.queues import Queue, queues
from intake.jobs.schedules import Schedule
from intake.models import Pause
from intake.web.access import scopes
from intake.web.api.admin.blueprint import bp
from intake.web.api.request_body import read
from intake.web.api.serialize import plain
from intake.web.forms.admin import QUEUE, ReasonForm, RunForm
from intake.web.token_auth import editor

__all__ = ["bp"]


@bp.get("/status")
@scopes("admin")
def status() -> ResponseReturnValue:
    """The sentence, and the figures behind it. Always 200: `/healthz/ready` says it by its status."""
    with transaction() as session:
        found = system_status(session)
        return jsonify(
            {
                "verdict": plain(found.report),
                "processes": [_process(found, process) for process in found.processes],
                "queues": [_queue(queue) for queue in found.queues],
                "schedules": [_schedule(schedule) for schedule in found.schedules],
                "jobs": found.jobs,
            }
        )


@bp.post(f"/queues/{QUEUE}/pause")
@scopes("admin")
def pause(queue: str) -> ResponseReturnValue:
    """Begin no more jobs of a queue; the first reason stays."""
    form = read(ReasonForm)
    with transaction() as session:
        pauses.pause(session, queue, form.reason.data or "", editor())
    return _one(queue)


@bp.post(f"/queues/{QUEUE}/resume")
@scopes("admin")
def resume(queue: str) -> ResponseReturnValue:
    """Let it go on."""
    with transaction() as session:
        pauses.resume(session, queue, editor())
    return _one(queue)


@bp.post("/workers/<worker>/stop")
@scopes("admin")
def stop_worker(worker: str) -> ResponseReturnValue:
    """Have it finish what it has in hand, and end; `asked` is false if it was asked before."""
    form = read(ReasonForm)
    with transaction() as session:
        asked = processes.ask_to_stop(session, worker, editor(), form.reason.data or "")
    return jsonify({"asked": asked})


@bp.post("/schedules/runs")
@scopes("admin")
def run_now() -> ResponseReturnValue:
    """Start what the clock would start later; `canaries` are one through every queue. The kinds that were not under way."""
    form = read(RunForm)
    with transaction() as session:
        started = ledger.run_now(session, form.kinds, editor(), form.reason.data or "")
    return jsonify({"started": started})


def _process(found: SystemStatus, process: ProcessStatus) -> dict[str, Any]:
    """What it has in hand, and of the last day what it has ended, beside what it says of itself."""
    return {**plain(process), "work": plain(found.work.get(process.name, WorkerLoad()))}


def _schedule(schedule: Schedule) -> dict[str, Any]:
    return {**plain(schedule), "every": int(schedule.every.total_seconds())}


def _one(name: str) -> Response:
    with transaction() as session:
        return jsonify(next(_queue(queue) for queue in queues(session) if queue.name == name))


def _queue(queue: Queue) -> dict[str, Any]:
    running = [{"kind": kind, "since": plain(since)} for kind, since in queue.running]
    return {**plain(queue), "running": running, "pause": _pause(queue.pause) if queue.pause else None}


def _pause(pause: Pause) -> dict[str, Any]:
    """`by` is null where it was a command on the machine."""
    return {"at": plain(pause.at), "by": pause.editor.name if pause.editor else None, "reason": pause.reason}
