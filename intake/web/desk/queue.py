"""The queue."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.lifecycle import STATUSES
from intake.queries.queue import FILTERS, counts, editor_queue
from intake.web.access import roles
from intake.web.desk.blueprint import bp
from intake.web.errors import page


@bp.get("/")
@roles("editor", "chief")
def queue() -> ResponseReturnValue:
    """What waits, or what a filter names."""
    status = request.args.get("status", "waiting")
    order = "oldest" if request.args.get("order") == "oldest" else "newest"
    if status not in FILTERS and status not in STATUSES:
        return page(404)
    with transaction() as session:
        found = editor_queue(session, status=status, order=order, after=request.args.get("after", ""))
        numbers = counts(session)
    return render_template("desk/queue.html", status=status, order=order, counts=numbers, **vars(found))
