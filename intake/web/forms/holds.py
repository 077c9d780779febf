"""Form to ask for a legal hold."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from intake.retention.holds import REASON_CHARACTERS
from intake.web.forms.assignments import NO_DAY, DayField
from intake.web.forms.fields import lines, longest, seen

NO_REASON = "Please give the reason."


class HoldForm(FlaskForm):
    """Form with the reason of a hold, and its last day."""

    reason = TextAreaField(
        "Reason",
        [DataRequired(NO_REASON), longest(REASON_CHARACTERS), seen(NO_REASON)],
        filters=[lines],
    )
    until = DayField("Keep it until", [DataRequired(NO_DAY)])
