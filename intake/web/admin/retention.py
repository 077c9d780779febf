"""Admin page of the retention: what the next nightly cleanup deletes, legal holds, and the numbers of each month."""

from datetime import timedelta
from itertools import groupby

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.models.columns import BIGINT_MAX
from intake.retention import RULES, due, holds, midnight, report, steps
from intake.retention.holds import HoldRefused
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import config, reading
from intake.web.headers import as_file

WEEK = timedelta(days=6)
"""Time from the next night to the last one for which the page counts deletions."""
HOLD = f"/retention/holds/<int(max={BIGINT_MAX}):hold_id>/confirmations"


@bp.get("/retention", endpoint="retention")
@requires("retention.read")
def show_retention() -> ResponseReturnValue:
    """Page with the deletions of the next night, the legal holds, and the report."""
    with transaction() as session:
        now = due.now(session)
        found = steps.in_force(session, config())
        night = midnight(now) - now
        coming = [
            (rule, due.count(session, rule, found, night), due.count(session, rule, found, night + WEEK))
            for rule in RULES.values()
        ]
        open_holds = holds.open_holds(session)
        lines = report.lines(session)
    months = [(month, list(those)) for month, those in groupby(lines, lambda line: line.month)]
    return render_template("admin/retention.html", coming=coming, holds=open_holds, months=months)


@bp.get("/retention/report.csv", endpoint="retention_report")
@requires("retention.read")
def download_report() -> Response:
    """Return the numbers of all months as CSV."""
    with transaction() as session:
        text = report.as_csv(report.lines(session))
    return as_file(text.encode(), "text/csv; charset=utf-8", "deletions.csv")


@bp.app_template_global("waiting_holds")
def waiting_holds() -> int:
    """Return the number of requests for legal holds that the person can confirm."""
    with reading() as session:
        return holds.waiting_for(session, current_user)


@bp.post(HOLD, endpoint="confirm_hold")
@requires("retention.confirm")
def confirm_as_second(hold_id: int) -> ResponseReturnValue:
    """Confirm a legal hold that somebody else asked for."""
    try:
        with transaction() as session:
            holds.confirm(session, hold_id, current_user)
        flash("The legal hold is in force now.", "success")
    except HoldRefused as error:
        flash(str(error), "warn")
    return redirect(url_for("admin.retention", _anchor="holds-title"), 303)
