"""What an admin says of the machines."""

from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Optional

from intake import wording
from intake.queues import QUEUES
from intake.web.forms.fields import longest, one_line

REASON_CHARACTERS = 200


class PauseForm(FlaskForm):
    """Why a queue is stopped; the others see it."""

    reason = StringField(
        "Why", [DataRequired("Please say why: the others see it."), longest(REASON_CHARACTERS)]
    )


class RetryForm(FlaskForm):
    """Why something is tried again, for those who want to say it."""

    # Both forms stand on the page of a job.
    reason = StringField("Why", [longest(REASON_CHARACTERS)], filters=[one_line], id="why-again")


class DiscardForm(FlaskForm):
    """Why something is not done at all, and how many jobs the page has named: no more are discarded."""

    reason = StringField(
        "Why",
        [DataRequired("Please say why: the others see it."), longest(REASON_CHARACTERS)],
        filters=[one_line],
    )
    count = IntegerField(validators=[Optional()])


class JobFilterForm(Form):
    """The filter as fields. It only shows them: what comes back is read by JobFilter.parse, like any address."""

    status = SelectField("How they stand", choices={"": "All that is not over", **wording.JOB_STATES})
    queue = SelectField("Queue", choices={"": "Any", **{name: name.capitalize() for name in QUEUES}})
    kind = StringField("Kind")
    error = StringField("Error")
    submission = StringField("Submission")


class RetriesBody(RetryForm):
    """What a program sends beside numbers or a filter."""

    ids = HiddenField()
    filter = HiddenField()


class DiscardsBody(DiscardForm):
    """The same, for what is not to be done."""

    ids = HiddenField()
    filter = HiddenField()
