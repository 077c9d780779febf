"""Queue page with its lanes, filters and search."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake import wording
from intake.accounts.people import editors, set_dense
from intake.db import transaction
from intake.languages import NAMES
from intake.permissions.reach import reach_of
from intake.plurals import gettext_noop
from intake.queue.filters import PUBLISHING, Filters
from intake.queue.page import editor_queue, lane_counts, state_counts, suggestions
from intake.queue.saved_views import views
from intake.submissions.suspicion import clearing
from intake.text.search import quoted
from intake.web.access import requires
from intake.web.current import reading
from intake.web.desk.blueprint import bp, current_list, in_list, list_url
from intake.web.forms.batches import MOST
from intake.web.forms.queue import FilterForm, ViewForm
from intake.web.language import gettext, ngettext


@bp.get("/")
@requires("submission.read")
def queue() -> ResponseReturnValue:
    """Page of the queue. Query parameters give lane, filters and search words."""
    return queue_page(Filters.parse(request.args))


@bp.post("/density")
@requires("desk.use")
def set_density() -> ResponseReturnValue:
    """Show one line for each submission (form field `dense`), or its excerpt too. Redirects to the list."""
    with transaction() as session:
        set_dense(session, current_user, dense=request.form.get("dense") == "y")
    return redirect(list_url(current_list(), request.form.get("after", "")), 303)


def queue_page(filters: Filters, save: ViewForm | None = None) -> str:
    """Render the queue. `save` is the form of a saved view, given if the view could not be saved."""
    after, me, reach = request.args.get("after", ""), current_user.id, reach_of(current_user)
    with reading() as session:
        found = editor_queue(session, filters, viewer=me, after=after, reach=reach)
        numbers, in_use = lane_counts(session, reach), suggestions(session, reach)
        saved = views(session, me, reach)
        states = state_counts(session, reach) if filters.lane == PUBLISHING else {}
        newest = clearing.newest_arrival(session) if filters.lane == clearing.LANE else 0
        others = {number: name for number, name in editors(session).items() if number != me}
    exactly = replace(filters, q=quoted(filters.q, {one.typed for one in found.similar}))
    return render_template(
        "desk/queue.html", filters=filters, form=FilterForm(filters, others), save=save or ViewForm(formdata=None),
        after=after, chips=chips(filters, others), counts=numbers, views=saved, offered=in_use, newest_arrival=newest,
        list=in_list(filters), most=MOST, states=states, colleagues=others, exactly=exactly.words(), **vars(found),
    )  # fmt: skip


@dataclass(frozen=True)
class Chip:
    """Active filter on the page.

    `kind` is the filter's label, `words` its value, `left` the query parameters without this filter.
    """

    kind: str
    words: str
    left: dict[str, str]


def chips(filters: Filters, people: Mapping[int, str]) -> list[Chip]:
    """Return a Chip for each active filter, in the order of the form. `people` is editor id → name."""
    return [
        Chip(*_said(name, value, people), filters.without(name).words())
        for name, value in filters.narrowed().items()
        # The filter `state` is shown as a row of links instead.
        if name != "state"
    ]


def _said(name: str, value: str, people: Mapping[int, str]) -> tuple[str, str]:
    """Return the label and the value of a filter as text."""
    if name in PLAIN:
        return gettext(PLAIN[name]), gettext(PHOTOS[value]) if name == "photos" and value in PHOTOS else value
    if name == "status":
        return gettext("Status"), gettext(wording.STATUS[value])
    if name == "language":
        return gettext("Language"), NAMES.get(value, value)
    if name in PEOPLE:
        return gettext(PEOPLE[name]), _person(value, people)
    if name == "due":
        return gettext("Due date"), {"week": gettext("this week"), "late": gettext("past")}[value]
    if name == "hours":
        return gettext("Waiting"), ngettext("%(num)s hour or more", "%(num)s hours or more", int(value))
    words = {
        "flagged": gettext("needs a second look"),
        "overdue": gettext("overdue"),
        "priority": gettext("high priority"),
    }
    return gettext("Only"), words[name]


def _person(value: str, people: Mapping[int, str]) -> str:
    named = {"me": gettext("me"), "nobody": gettext("nobody")}
    return named.get(value) or people.get(int(value), gettext("somebody else"))


PLAIN = {
    "q": gettext_noop("Search"),
    "section": gettext_noop("Section"),
    "region": gettext_noop("Region"),
    "tag": gettext_noop("Tag"),
    "photos": gettext_noop("Photos"),
}
PEOPLE = {"claimed": gettext_noop("Claimed by"), "assigned": gettext_noop("Assigned to")}
PHOTOS = {"yes": gettext_noop("with"), "no": gettext_noop("without")}
