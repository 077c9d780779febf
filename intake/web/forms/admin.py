"""Forms of admin actions and of the job filter."""

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
"""Largest number of job ids in one request."""
QUEUE = f"<any({', '.join(QUEUES)}):queue>"
RUNS = {EVERY_QUEUE: "Canaries for all queues"} | {
    kind: kind for kind in SCHEDULES if kind not in CANARIES.values()
}
"""Scheduled jobs that can be started now → label."""


def kinds_of(run: str) -> list[str]:
    """Return the kinds of job that a choice of RUNS starts."""
    return list(CANARIES.values()) if run == EVERY_QUEUE else [run]


class ReasonForm(FlaskForm):
    """Reason of an admin action. Other admins see it."""

    reason = StringField("Reason", [DataRequired(NO_REASON), longest(REASON_CHARACTERS)])

    @property
    def complaint(self) -> str:
        """First error of the form."""
        return next((error for errors in self.errors.values() for error in errors), "Please try again.")


class RunForm(ReasonForm):
    """Scheduled job to start now."""

    kind = SelectField(
        "Job",
        choices=RUNS,
    )

    @property
    def kinds(self) -> list[str]:
        """Kinds of the chosen jobs."""
        return kinds_of(str(self.kind.data))


class RetryForm(FlaskForm):
    """Optional reason of a retry."""

    # The page of a job has this form and DiscardForm, so the ids must differ.
    reason = StringField("Reason", [longest(REASON_CHARACTERS)], filters=[one_line], id="why-again")


class DiscardForm(FlaskForm):
    """Reason to discard jobs. `count` is the number that the page showed, and no more are discarded."""

    reason = StringField(
        "Reason",
        [DataRequired(NO_REASON), longest(REASON_CHARACTERS)],
        filters=[one_line],
    )
    count = IntegerField(validators=[Optional()])


class JobFilterForm(Form):
    """Fields of the job filter, for display only. JobFilter.parse reads the query parameters."""

    status = SelectField("State", choices={"": "All open jobs", **wording.JOB_STATES})
    queue = SelectField("Queue", choices={"": "Any", **{name: name.capitalize() for name in QUEUES}})
    kind = StringField("Kind")
    error = StringField("Error")
    submission = StringField("Submission")
