"""What an admin can do to the machines. Each lever is an event with who and why."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from intake.db import transaction
from intake.jobs import ledger, processes, queues
from intake.web.access import roles
from intake.web.admin.blueprint import bp
from intake.web.forms.admin import QUEUE, ReasonForm, RunForm


@bp.post(f"/queues/{QUEUE}/pause")
@roles("admin")
def pause(queue: str) -> ResponseReturnValue:
    """Begin no more jobs of a queue."""
    form = ReasonForm()
    if not form.validate():
        return _back(f"Not paused. {form.complaint}")
    with transaction() as session:
        paused = queues.pause(session, queue, form.reason.data or "", current_user)
    return _back(f"{queue.capitalize()} is paused." if paused else f"{queue.capitalize()} was paused before.")


@bp.post(f"/queues/{QUEUE}/resume")
@roles("admin")
def resume(queue: str) -> ResponseReturnValue:
    """Let a paused queue go on."""
    with transaction() as session:
        resumed = queues.resume(session, queue, current_user)
    return _back(f"{queue.capitalize()} goes on." if resumed else f"{queue.capitalize()} was not paused.")


@bp.post("/workers/<worker>/stop")
@roles("admin")
def stop_worker(worker: str) -> ResponseReturnValue:
    """Have a worker finish what it has in hand, and end."""
    form = ReasonForm()
    if not form.validate():
        return _back(f"Not asked to stop. {form.complaint}")
    with transaction() as session:
        asked = processes.ask_to_stop(session, worker, current_user, form.reason.data or "")
    if not asked:
        return _back(f"{worker} was asked before.")
    return _back(f"{worker} takes up nothing more, and ends when what it has in hand is done.")


@bp.post("/schedules/runs")
@roles("admin")
def run_now() -> ResponseReturnValue:
    """Start a job of the clock before its time, or a canary through every queue."""
    form = RunForm()
    if not form.validate():
        return _back(f"Nothing was started. {form.complaint}")
    with transaction() as session:
        started = ledger.run_now(session, form.kinds, current_user, form.reason.data or "")
    if not started:
        return _back("It is under way already.")
    return _back(
        "A canary is on its way through every queue." if len(started) > 1 else f"{started[0]} is in line.",
    )


def _back(said: str) -> Response:
    flash(said)
    return redirect(url_for("admin.overview"), 303)
