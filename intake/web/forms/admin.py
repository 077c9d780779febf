"""What an admin says of the machines."""

from flask_wtf import FlaskForm
from wtforms import Form, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Optional

from intake import wording
from intake.job_kinds import CANARIES, EVERY_QUEUE, QUEUES
from intake.subscriptions import SCHEDULES
from intake.web.forms.fields import longest, one_line

REASON_CHARACTERS = 200
NO_REASON = "Please give a reason. Other admins see it."
MOST_NAMED = 1000
"""Jobs that one request may name."""
QUEUE = f"<any({', '.join(QUEUES)}):queue>"
RUNS = {EVERY_QUEUE: "Canaries for all queues"} | {
    kind: kind for kind in SCHEDULES if kind not in CANARIES.values()
}
"""Scheduled work that may be started at once, with its words."""


def kinds_of(run: str) -> list[str]:
    """Kinds of job that one of RUNS starts."""
    return list(CANARIES.values()) if run == EVERY_QUEUE else [run]


class ReasonForm(FlaskForm):
    """Why a lever is pulled; the others see it."""

    reason = StringField("Reason", [DataRequired(NO_REASON), longest(REASON_CHARACTERS)])

    @property
    def complaint(self) -> str:
        """The first thing that is wrong with it."""
        return next((error for errors in self.errors.values() for error in errors), "Please try again.")


class RunForm(ReasonForm):
    """What the clock would start later, to be started now."""

    kind = SelectField(
        "Job",
        choices=RUNS,
    )

    @property
    def kinds(self) -> list[str]:
        """The kinds of job that are meant."""
        return kinds_of(str(self.kind.data))


class RetryForm(FlaskForm):
    """Why something is tried again, for those who want to say it."""

    # Both forms stand on the page of a job.
    reason = StringField("Reason", [longest(REASON_CHARACTERS)], filters=[one_line], id="why-again")


class DiscardForm(FlaskForm):
    """Why something is not done at all, and how many jobs the page has named: no more are discarded."""

    reason = StringField(
        "Reason",
        [DataRequired(NO_REASON), longest(REASON_CHARACTERS)],
        filters=[one_line],
    )
    count = IntegerField(validators=[Optional()])


class JobFilterForm(Form):
    """The filter as fields. It only shows them: what comes back is read by JobFilter.parse, like any address."""

    status = SelectField("State", choices={"": "All open jobs", **wording.JOB_STATES})
    queue = SelectField("Queue", choices={"": "Any", **{name: name.capitalize() for name in QUEUES}})
    kind = StringField("Kind")
    error = StringField("Error")
    submission = StringField("Submission")
