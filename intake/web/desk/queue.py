"""The queue."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.queries.counts import lanes
from intake.queries.filters import Filters
from intake.queries.offered import offered
from intake.queries.people import editors
from intake.queries.queue import editor_queue
from intake.queries.views import views
from intake.web.access import roles
from intake.web.current import reading
from intake.web.desk.blueprint import bp
from intake.web.desk.chips import chips
from intake.web.forms.views import FilterForm, ViewForm


@bp.get("/")
@roles("editor", "chief")
def queue() -> ResponseReturnValue:
    """A lane of the queue, or what filters and words choose."""
    return queue_page(Filters.parse(request.args))


def queue_page(filters: Filters, save: ViewForm | None = None) -> str:
    """The page, with a view that could not be saved where there is one."""
    after, me = request.args.get("after", ""), current_user.id
    with reading() as session:
        found = editor_queue(session, filters, viewer=me, after=after)
        numbers, saved, in_use = lanes(session), views(session, me), offered(session)
        others = {number: name for number, name in editors(session).items() if number != me}
    return render_template(
        "desk/queue.html", filters=filters, form=FilterForm(filters, others), save=save or ViewForm(formdata=None),
        after=after, chips=chips(filters, others), counts=numbers, views=saved, offered=in_use, **vars(found),
    )  # fmt: skip
