"""Admin actions on queues, workers and scheduled jobs.

Each action records an event with the admin as actor.
"""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from intake.db import transaction
from intake.jobs import ledger, processes, queues
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.forms.admin import QUEUE, ReasonForm, RunForm


@bp.post(f"/queues/{QUEUE}/pause")
@requires("jobs.manage")
def pause(queue: str) -> ResponseReturnValue:
    """Pause a queue. Running jobs finish."""
    form = ReasonForm()
    if not form.validate():
        return _back(f"Not paused. {form.complaint}")
    with transaction() as session:
        paused = queues.pause(session, queue, form.reason.data or "", current_user)
    return _back(
        f"{queue.capitalize()} is paused." if paused else f"{queue.capitalize()} was already paused."
    )


@bp.post(f"/queues/{QUEUE}/resume")
@requires("jobs.manage")
def resume(queue: str) -> ResponseReturnValue:
    """Resume a paused queue."""
    with transaction() as session:
        resumed = queues.resume(session, queue, current_user)
    return _back(f"{queue.capitalize()} is resumed." if resumed else f"{queue.capitalize()} was not paused.")


@bp.post("/workers/<worker>/stop")
@requires("jobs.manage")
def stop_worker(worker: str) -> ResponseReturnValue:
    """Ask a worker to finish its jobs and exit."""
    form = ReasonForm()
    if not form.validate():
        return _back(f"The worker was not stopped. {form.complaint}")
    with transaction() as session:
        asked = processes.ask_to_stop(session, worker, current_user, form.reason.data or "")
    if not asked:
        return _back(f"{worker} was already asked to stop.")
    return _back(f"{worker} takes no new jobs and exits when its running jobs are done.")


@bp.post("/schedules/runs")
@requires("jobs.manage")
def run_now() -> ResponseReturnValue:
    """Start a scheduled job now, or a canary job in every queue."""
    form = RunForm()
    if not form.validate():
        return _back(f"Nothing was started. {form.complaint}")
    with transaction() as session:
        started = ledger.run_now(session, form.kinds, current_user, form.reason.data or "")
    if not started:
        return _back("This job is running or queued already.")
    return _back(
        "The test jobs of all queues are started." if len(started) > 1 else f"{started[0]} is queued.",
    )


def _back(said: str) -> Response:
    flash(said)
    return redirect(url_for("admin.overview"), 303)
