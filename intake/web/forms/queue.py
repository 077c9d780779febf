"""Forms of the queue filters and of saved views."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, IntegerField, SearchField, SelectField, StringField
from wtforms.validators import DataRequired

from intake import wording
from intake.languages import NAMES
from intake.queue.filters import MAX_HOURS, SORTS, Filters
from intake.queue.saved_views import VIEW_LIMIT
from intake.web.current import config
from intake.web.forms.fields import YesField, longest, one_line
from intake.web.language import gettext

VIEW_CHARACTERS = 60
NO_NAME = lazy_gettext("Please give the view a name.")


def _any() -> dict[str, str]:
    """Return the choice "Any", which sets no filter."""
    return {"": gettext("Any")}


SORT_WORDS = {
    "waiting": lazy_gettext("Longest waiting first"),
    "newest": lazy_gettext("Newest first"),
    "oldest": lazy_gettext("Oldest first"),
    "due": lazy_gettext("Nearest due date first"),
}


class FilterForm(Form):
    """Fields of the filters, for display only. Filters.parse reads the query parameters."""

    q = SearchField(lazy_gettext("Search"), render_kw={"enterkeyhint": "search"})
    status = SelectField(lazy_gettext("Status"))
    section = SelectField(lazy_gettext("Section"))
    language = SelectField(
        lazy_gettext("Language"),
        choices=lambda: {**_any(), **dict(sorted(NAMES.items(), key=lambda n: n[1].casefold()))},
    )
    region = StringField(lazy_gettext("Region"))
    tag = StringField(lazy_gettext("Tag"))
    photos = SelectField(
        lazy_gettext("Photos"),
        choices=lambda: {**_any(), "yes": gettext("With photos"), "no": gettext("Without photos")},
    )
    claimed = SelectField(lazy_gettext("Claimed by"))
    assigned = SelectField(lazy_gettext("Assigned to"))
    due = SelectField(
        lazy_gettext("Due date"),
        choices=lambda: {**_any(), "week": gettext("This week"), "late": gettext("Past its date")},
    )
    hours = IntegerField(
        lazy_gettext("Waiting longer than, in hours"), render_kw={"min": 0, "max": MAX_HOURS}
    )
    flagged = BooleanField(lazy_gettext("Needs a second look"))
    overdue = BooleanField(lazy_gettext("Overdue"))
    priority = BooleanField(lazy_gettext("High priority"))
    sort = SelectField(lazy_gettext("Order"), choices=lambda: {sort: str(SORT_WORDS[sort]) for sort in SORTS})

    def __init__(self, filters: Filters, people: Mapping[int, str]) -> None:
        """Fill the fields. `people` is editor id → name, for the filter `claimed`."""
        super().__init__(data=vars(filters) | {"hours": filters.hours or None})
        statuses = self.status
        statuses.choices = {**_any(), **{s: gettext(w) for s, w in wording.STATUS.items() if s != "purged"}}
        sections = dict.fromkeys([*config().desk_sections, *filter(None, [filters.section])])
        self.section.choices = {**_any(), **{name: name for name in sections}}
        named = {str(number): name for number, name in people.items()}
        self.claimed.choices = self.assigned.choices = {
            **_any(),
            "me": gettext("Me"),
            "nobody": gettext("Nobody"),
            **named,
        }


class ViewForm(FlaskForm):
    """Form to name and share a saved view."""

    name = StringField(
        lazy_gettext("Name of this view"),
        [DataRequired(NO_NAME), longest(VIEW_CHARACTERS)],
        filters=[one_line],
    )
    shared = YesField(lazy_gettext("Show it to everybody"))


TAKEN = lazy_gettext("You already have a view with this name. Please choose another.")


FULL = lazy_gettext(
    "You have %(count)s views, which is the limit. Please delete one first.", count=VIEW_LIMIT
)
