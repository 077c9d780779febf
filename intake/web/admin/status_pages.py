"""Pages behind the status page: one queue, one process, scheduled jobs, dependencies and incidents."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.health import backups, broker_troubles
from intake.health.incidents import incident_page
from intake.health.scrub import last_scrub
from intake.health.status import dependencies, system_status
from intake.health.watch import monitor_status
from intake.jobs.figures import last_day
from intake.models.columns import BIGINT_MAX
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.admin.overview import sparkline, storage_use
from intake.web.current import config
from intake.web.forms.admin import QUEUE, RunForm


@bp.get(f"/queues/{QUEUE}")
@requires("system.read")
def queue(queue: str) -> ResponseReturnValue:
    """Page of one queue: its figures now and in the last 24 hours, and the form to pause it."""
    with transaction() as session:
        found = system_status(session)
        line = sparkline(last_day(session, found.now)[queue], found.now)
    serving = [one for one in found.processes if queue in one.queues]
    return render_template("admin/queue.html", queue=found.queue(queue), line=line, serving=serving)


@bp.get("/processes/<process>")
@requires("system.read")
def process(process: str) -> ResponseReturnValue:
    """Page of one process, with the form to stop a worker. Answers 404 if it has not reported for a day.

    For a web server, answers 404 after SILENT_AFTER.
    """
    with transaction() as session:
        found = system_status(session)
    one = next((one for one in found.processes if one.name == process), None)
    if one is None:
        abort(404)
    return render_template("admin/process.html", process=one, found=found)


@bp.get("/schedules")
@requires("system.read")
def schedules() -> ResponseReturnValue:
    """Page of all scheduled jobs, with the form to start one now."""
    with transaction() as session:
        found = system_status(session)
    return render_template("admin/schedules.html", found=found, run_form=RunForm(formdata=None))


@bp.get("/dependencies", endpoint="dependencies")
@requires("system.read")
def show_dependencies() -> ResponseReturnValue:
    """Page of the storage, the database, the broker, the mail server and the outside monitor."""
    with transaction() as session:
        found, below, monitor = system_status(session), dependencies(session), monitor_status(session)
        deletion, kept = last_scrub(session), backups.state(session, config())
    return render_template(
        "admin/dependencies.html", found=found, infrastructure=below, storage=storage_use(), monitor=monitor,
        mail_is_set=config().mails, broker_trouble=broker_troubles.named, deletion=deletion,
        run_form=RunForm(formdata=None), backups=kept,
    )  # fmt: skip


@bp.get("/incidents")
@requires("system.read")
def incidents() -> ResponseReturnValue:
    """Page of the log of incidents, newest first."""
    after = request.args.get("after", "")
    known = after.isascii() and after.isdecimal() and int(after) <= BIGINT_MAX
    with transaction() as session:
        found = incident_page(session, int(after) if known else None)
    return render_template("admin/incidents.html", found=found, after=after if known else "")
