"""The admin's page of jobs: what failed and why, what runs, and the levers on one or on all that a filter chooses."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from intake.db import transaction
from intake.errors import IneligibleJobs, JobCountChanged
from intake.jobs import admin_actions, job_detail, listing
from intake.jobs.failures import failures
from intake.jobs.job_filter import JobFilter
from intake.jobs.listing import bulk_actions
from intake.models.columns import BIGINT_MAX
from intake.web.access import roles
from intake.web.admin.blueprint import bp
from intake.web.forms.admin import DiscardForm, JobFilterForm, RetryForm

ONE = f"/jobs/<int(max={BIGINT_MAX}):job_id>"


@bp.get("/jobs")
@roles("admin")
def jobs() -> ResponseReturnValue:
    """Failures by their errors, what runs, and what a filter chooses."""
    return _page(JobFilter.parse(request.args), RetryForm(formdata=None))


@bp.get(ONE)
@roles("admin")
def job(job_id: int) -> ResponseReturnValue:
    """Everything that is known of one."""
    return _one(job_id)


@bp.post(f"{ONE}/retries")
@roles("admin")
def retry(job_id: int) -> ResponseReturnValue:
    """Run it again."""
    form = RetryForm()
    if not form.validate():
        return _one(job_id, retrying=form), 422
    with transaction() as session:
        admin_actions.retry(session, JobFilter(ids=(job_id,)), current_user, form.reason.data or "")
    flash(f"Job {job_id} is in line again.", "success")
    return redirect(url_for("admin.job", job_id=job_id), 303)


@bp.post(f"{ONE}/discards")
@roles("admin")
def discard(job_id: int) -> ResponseReturnValue:
    """Leave it undone, for a reason."""
    form = DiscardForm()
    if not form.validate():
        return _one(job_id, discarding=form), 422
    with transaction() as session:
        admin_actions.discard(session, JobFilter(ids=(job_id,)), form.reason.data or "", current_user)
    flash(f"Job {job_id} is discarded.", "success")
    return redirect(url_for("admin.job", job_id=job_id), 303)


@bp.post("/jobs/retries")
@roles("admin")
def retry_all() -> ResponseReturnValue:
    """Run all again that the filter chooses and that can be."""
    chosen, form = JobFilter.parse(request.form), RetryForm()
    if not form.validate():
        return _page(chosen, form), 422
    with transaction() as session:
        count = admin_actions.retry(session, chosen, current_user, form.reason.data or "")
    flash(f"{_jobs(count)} in line again.", "success")
    return _back_to(chosen)


@bp.get("/jobs/discards")
@roles("admin")
def look_at_discards() -> ResponseReturnValue:
    """What exactly would be discarded; nothing is done."""
    return _look_at_discards(JobFilter.parse(request.args), DiscardForm(formdata=None))


@bp.post("/jobs/discards")
@roles("admin")
def discard_all() -> ResponseReturnValue:
    """Leave undone what the page of before has named, for a reason."""
    chosen, form = JobFilter.parse(request.form), DiscardForm()
    if not form.validate() or form.count.data is None:
        return _look_at_discards(chosen, form), 422
    with transaction() as session:
        count = admin_actions.discard(session, chosen, form.reason.data or "", current_user, form.count.data)
    flash(f"{_jobs(count)} discarded.", "success")
    return _back_to(chosen)


@bp.errorhandler(IneligibleJobs)
def refused(error: IneligibleJobs) -> ResponseReturnValue:
    """Back to the job, which says why it stays as it is."""
    flash(str(error), "error")
    return redirect(url_for("admin.job", **(request.view_args or {})), 303)


@bp.errorhandler(JobCountChanged)
def miscounted(error: JobCountChanged) -> ResponseReturnValue:
    """Show once more what would be discarded now; the reason that was typed is kept."""
    form = DiscardForm()
    form.reason.errors = [f"It was {form.count.data} and is {error.count} now. Please look again."]
    return _look_at_discards(JobFilter.parse(request.form), form), 409


def _page(chosen: JobFilter, form: RetryForm) -> str:
    after = request.args.get("after", "")
    with transaction() as session:
        found = listing.job_page(session, chosen, int(after) if _is_number(after) else None)
        running = listing.job_page(session, JobFilter("running"))
        groups, done = failures(session), bulk_actions(session)
    return render_template(
        "admin/jobs.html", filter=chosen.words(), filters=JobFilterForm(data=vars(chosen)), form=form, found=found,
        running=running, groups=groups, deeds=done, after=after,
    )  # fmt: skip


def _one(job_id: int, retrying: RetryForm | None = None, discarding: DiscardForm | None = None) -> str:
    with transaction() as session:
        found = job_detail.job(session, job_id)
    return render_template(
        "admin/job.html", story=found, job=found.line, retrying=retrying or RetryForm(formdata=None),
        discarding=discarding or DiscardForm(formdata=None),
    )  # fmt: skip


def _look_at_discards(chosen: JobFilter, form: DiscardForm) -> str:
    with transaction() as session:
        would = listing.discard_preview(session, chosen)
    form.count.data = would.count
    return render_template("admin/discards.html", filter=chosen.words(), would=would, form=form)


def _back_to(chosen: JobFilter) -> Response:
    words: dict[str, Any] = {**chosen.words()}
    return redirect(url_for("admin.jobs", **words), 303)


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and int(typed) <= BIGINT_MAX


def _jobs(count: int) -> str:
    return "1 job is" if count == 1 else f"{count:,} jobs are"
