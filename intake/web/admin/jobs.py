"""Admin pages of jobs: failures, running jobs, and retry or discard of one job or all that match a filter."""

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
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.forms.admin import DiscardForm, JobFilterForm, RetryForm

ONE = f"/jobs/<int(max={BIGINT_MAX}):job_id>"


@bp.get("/jobs")
@requires("system.read")
def jobs() -> ResponseReturnValue:
    """Page of the failures grouped by error, the running jobs, and the jobs that match a filter."""
    return _page(JobFilter.parse(request.args))


@bp.get(ONE)
@requires("system.read")
def job(job_id: int) -> ResponseReturnValue:
    """Page of one job with its history."""
    return _one(job_id)


@bp.post(f"{ONE}/retries")
@requires("jobs.manage")
def retry(job_id: int) -> ResponseReturnValue:
    """Retry one job."""
    form = RetryForm()
    if not form.validate():
        return _one(job_id, retrying=form), 422
    with transaction() as session:
        admin_actions.retry(session, JobFilter(ids=(job_id,)), current_user, form.reason.data or "")
    flash(f"Job {job_id} is queued for a retry.", "success")
    return redirect(url_for("admin.job", job_id=job_id), 303)


@bp.post(f"{ONE}/discards")
@requires("jobs.manage")
def discard(job_id: int) -> ResponseReturnValue:
    """Discard one job. A reason is required."""
    form = DiscardForm()
    if not form.validate():
        return _one(job_id, discarding=form), 422
    with transaction() as session:
        admin_actions.discard(session, JobFilter(ids=(job_id,)), form.reason.data or "", current_user)
    flash(f"Job {job_id} is discarded.", "success")
    return redirect(url_for("admin.job", job_id=job_id), 303)


@bp.get("/jobs/retries", endpoint="preview_retries")
@requires("jobs.manage")
def preview_retries() -> ResponseReturnValue:
    """Page that asks for confirmation and lists the jobs that would be retried. Changes nothing."""
    return _retries_page(JobFilter.parse(request.args), RetryForm(formdata=None))


@bp.post("/jobs/retries")
@requires("jobs.manage")
def retry_all() -> ResponseReturnValue:
    """Retry all retriable jobs that match the filter, if their number is that of the confirmation page."""
    chosen, form = JobFilter.parse(request.form), RetryForm()
    if not form.validate() or form.count.data is None:
        return _retries_page(chosen, form), 422
    with transaction() as session:
        count = admin_actions.retry(session, chosen, current_user, form.reason.data or "", form.count.data)
    flash(f"{_jobs(count)} queued for a retry.", "success")
    return _back_to(chosen)


@bp.get("/jobs/discards", endpoint="preview_discards")
@requires("jobs.manage")
def preview_discards() -> ResponseReturnValue:
    """Page that asks for confirmation and lists the jobs that would be discarded. Changes nothing."""
    return _discards_page(JobFilter.parse(request.args), DiscardForm(formdata=None))


@bp.post("/jobs/discards")
@requires("jobs.manage")
def discard_all() -> ResponseReturnValue:
    """Discard all jobs that match the filter, if their number is that of the confirmation page.

    A reason is required.
    """
    chosen, form = JobFilter.parse(request.form), DiscardForm()
    if not form.validate() or form.count.data is None:
        return _discards_page(chosen, form), 422
    with transaction() as session:
        count = admin_actions.discard(session, chosen, form.reason.data or "", current_user, form.count.data)
    flash(f"{_jobs(count)} discarded.", "success")
    return _back_to(chosen)


@bp.errorhandler(IneligibleJobs)
def refused(error: IneligibleJobs) -> ResponseReturnValue:
    """Redirect to the page of the job, and flash why the job cannot be changed."""
    flash(str(error), "error")
    return redirect(url_for("admin.job", **(request.view_args or {})), 303)


@bp.errorhandler(JobCountChanged)
def count_changed(error: JobCountChanged) -> ResponseReturnValue:
    """Show the confirmation page again with the current number of jobs and the typed reason."""
    chosen = JobFilter.parse(request.form)
    retrying, discarding = RetryForm(), DiscardForm()
    said = (
        f"The filter matched {discarding.count.data} jobs and now matches {error.count}. Please check again."
    )
    retrying.reason.errors = discarding.reason.errors = [said]
    if request.endpoint == "admin.retry_all":
        return _retries_page(chosen, retrying), 409
    return _discards_page(chosen, discarding), 409


def _page(chosen: JobFilter) -> str:
    after = request.args.get("after", "")
    with transaction() as session:
        found = listing.job_page(session, chosen, int(after) if _is_number(after) else None)
        running = listing.job_page(session, JobFilter("running"))
        groups, done = failures(session), bulk_actions(session)
    return render_template(
        "admin/jobs.html", filter=chosen.words(), filters=JobFilterForm(data=vars(chosen)), found=found,
        running=running, groups=groups, bulk_actions=done, after=after,
    )  # fmt: skip


def _one(job_id: int, retrying: RetryForm | None = None, discarding: DiscardForm | None = None) -> str:
    with transaction() as session:
        found = job_detail.job(session, job_id)
    return render_template(
        "admin/job.html", story=found, job=found.line, retrying=retrying or RetryForm(formdata=None),
        discarding=discarding or DiscardForm(formdata=None),
    )  # fmt: skip


def _retries_page(chosen: JobFilter, form: RetryForm) -> str:
    with transaction() as session:
        kinds = listing.retry_preview(session, chosen)
    form.count.data = sum(one.count for one in kinds)
    return render_template("admin/retries.html", filter=chosen.words(), kinds=kinds, form=form)


def _discards_page(chosen: JobFilter, form: DiscardForm) -> str:
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
