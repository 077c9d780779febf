"""Forms to assign submissions to colleagues, and to ask for legal holds."""

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, Regexp

from intake.models.desk import PRIORITIES
from intake.retention.holds import REASON_CHARACTERS
from intake.web.forms.fields import lines, longest, seen
from intake.web.language import gettext

NO_DAY = lazy_gettext("Please give a day, such as 2027-03-01.")
NO_REASON = lazy_gettext("Please give the reason.")
NO_PERSON = lazy_gettext("Please choose somebody from the list.")
PRIORITY_WORDS = {"normal": lazy_gettext("Normal"), "high": lazy_gettext("High")}


class DayField(DateField):
    """Field for a day. `data` is a date, or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Parse a day such as 2027-03-01."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError:
            self.data = None
            raise ValueError(NO_DAY) from None


class AssignmentForm(FlaskForm):
    """Form with assignee, due day and priority of a submission. The empty assignee is nobody."""

    assignee = SelectField(lazy_gettext("Assigned to"))
    due = DayField(lazy_gettext("Due date"), [Optional()])
    priority = SelectField(
        lazy_gettext("Priority"), choices=lambda: {one: str(PRIORITY_WORDS[one]) for one in PRIORITIES}
    )

    def offer(self, people: Mapping[int, str]) -> "AssignmentForm":
        """Set the people whom the form offers, as editor id → name. Returns the form."""
        self.assignee.choices = {
            "": gettext("Nobody"),
            **{str(number): name for number, name in people.items()},
        }
        return self

    @property
    def assignee_id(self) -> int | None:
        """Id of the chosen person, or None for nobody."""
        return int(self.assignee.data) if self.assignee.data else None


class BulkAssignmentForm(FlaskForm):
    """Form to assign several submissions. An empty due day keeps the day of each submission."""

    assignee = StringField(
        lazy_gettext("Assign to"),
        [DataRequired(NO_PERSON), Regexp(r"^(nobody|\d{1,18})$", message=NO_PERSON)],
    )
    due = DayField(lazy_gettext("Due date"), [Optional()])

    @property
    def assignee_id(self) -> int | None:
        """Id of the chosen person, or None for nobody. Needs a valid form."""
        chosen = self.assignee.data or ""
        return None if chosen == "nobody" else int(chosen)


class HoldForm(FlaskForm):
    """Form with the reason of a hold, and its last day."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        [DataRequired(NO_REASON), longest(REASON_CHARACTERS), seen(NO_REASON)],
        filters=[lines],
    )
    until = DayField(lazy_gettext("Keep it until"), [DataRequired(NO_DAY)])
