"""Calendar of publications by week."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.permissions.reach import reach_of
from intake.publishing import calendar as publications
from intake.web.access import requires
from intake.web.current import reading
from intake.web.desk.blueprint import bp

__all__ = ["bp"]


@bp.get("/calendar")
@requires("submission.read")
def calendar() -> ResponseReturnValue:
    """Page of one week. The query parameter `week` is its ISO name, such as 2026-W49. The default is this week."""
    wanted, now = request.args.get("week", ""), publications.this_monday()
    monday = publications.monday_of(wanted) if wanted else now
    if monday is None:
        return redirect(url_for("desk.calendar"), 303)
    with reading() as session:
        found = publications.week(session, monday, reach_of(current_user))
    before, after = (publications.week_name(day) if day else None for day in (found.before, found.after))
    return render_template(
        "desk/calendar.html",
        week=found,
        before=before,
        after=after,
        this_week=publications.week_name(now),
        today=publications.today(),
    )
