"""Forms of the queue filters and of saved views."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, IntegerField, SearchField, SelectField, StringField
from wtforms.validators import DataRequired

from intake import wording
from intake.languages import NAMES
from intake.queue.filters import MAX_HOURS, SORTS, Filters
from intake.queue.saved_views import VIEW_LIMIT
from intake.web.current import config
from intake.web.forms.fields import YesField, longest, one_line

VIEW_CHARACTERS = 60
NO_NAME = "Please give the view a name."
ANY = {"": "Any"}
SORT_WORDS = {
    "waiting": "Longest waiting first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "due": "Nearest due date first",
}


class FilterForm(Form):
    """Fields of the filters, for display only. Filters.parse reads the query parameters."""

    q = SearchField("Search", render_kw={"enterkeyhint": "search"})
    status = SelectField("Status")
    section = SelectField("Section")
    language = SelectField(
        "Language", choices={**ANY, **dict(sorted(NAMES.items(), key=lambda n: n[1].casefold()))}
    )
    region = StringField("Region")
    tag = StringField("Tag")
    photos = SelectField("Photos", choices={**ANY, "yes": "With photos", "no": "Without photos"})
    claimed = SelectField("Claimed by")
    assigned = SelectField("Assigned to")
    due = SelectField("Due date", choices={**ANY, "week": "This week", "late": "Past its date"})
    hours = IntegerField("Waiting longer than, in hours", render_kw={"min": 0, "max": MAX_HOURS})
    flagged = BooleanField("Needs a second look")
    overdue = BooleanField("Overdue")
    priority = BooleanField("High priority")
    sort = SelectField("Order", choices={sort: SORT_WORDS[sort] for sort in SORTS})

    def __init__(self, filters: Filters, people: Mapping[int, str]) -> None:
        """Fill the fields. `people` is editor id → name, for the filter `claimed`."""
        super().__init__(data=vars(filters) | {"hours": filters.hours or None})
        statuses = self.status
        statuses.choices = {**ANY, **{s: w for s, w in wording.STATUS.items() if s != "purged"}}
        sections = dict.fromkeys([*config().desk_sections, *filter(None, [filters.section])])
        self.section.choices = {**ANY, **{name: name for name in sections}}
        named = {str(number): name for number, name in people.items()}
        self.claimed.choices = self.assigned.choices = {**ANY, "me": "Me", "nobody": "Nobody", **named}


class ViewForm(FlaskForm):
    """Form to name and share a saved view."""

    name = StringField(
        "Name of this view",
        [DataRequired(NO_NAME), longest(VIEW_CHARACTERS)],
        filters=[one_line],
    )
    shared = YesField("Show it to everybody")


TAKEN = "You already have a view with this name. Please choose another."


FULL = f"You have {VIEW_LIMIT} views, which is the limit. Please delete one first."
