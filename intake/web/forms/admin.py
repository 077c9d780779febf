"""Forms of admin actions and of the job filter."""

from flask_wtf import FlaskForm
from wtforms import Field, Form, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from intake import wording
from intake.job_kinds import CANARIES, EVERY_QUEUE, QUEUES
from intake.magazine import texts
from intake.submissions.suspicion import phrases
from intake.subscriptions import SCHEDULES
from intake.web.forms.fields import longest, one_line

REASON_CHARACTERS = 200
NO_REASON = "Please give a reason. Other admins see it."
MOST_NAMED = 1000
"""Largest number of job ids in one request."""
QUEUE = f"<any({', '.join(QUEUES)}):queue>"
RUNS = {EVERY_QUEUE: "Test jobs (canaries) for all queues"} | {
    kind: kind for kind in SCHEDULES if kind not in CANARIES.values()
}
"""Scheduled jobs that can be started now → label."""


def kinds_of(run: str) -> list[str]:
    """Return the kinds of job that a choice of RUNS starts."""
    return list(CANARIES.values()) if run == EVERY_QUEUE else [run]


class ReasonForm(FlaskForm):
    """Form with the reason of an admin action. Other admins see the reason."""

    reason = StringField("Reason", [DataRequired(NO_REASON), longest(REASON_CHARACTERS)])

    @property
    def complaint(self) -> str:
        """First error message of the form."""
        return next((error for errors in self.errors.values() for error in errors), "Please try again.")


class RunForm(ReasonForm):
    """Form to start a scheduled job now."""

    kind = SelectField(
        "Job",
        choices=RUNS,
    )

    @property
    def kinds(self) -> list[str]:
        """Kinds of the scheduled jobs to start."""
        return kinds_of(str(self.kind.data))


class RetryForm(FlaskForm):
    """Form to retry jobs, with an optional reason.

    `count` is the number of jobs that the confirmation page showed.
    """

    # The page of a job contains this form and DiscardForm. The HTML ids of their `reason` must differ.
    reason = StringField("Reason", [longest(REASON_CHARACTERS)], filters=[one_line], id="why-again")
    count = IntegerField(validators=[Optional()])


class DiscardForm(FlaskForm):
    """Form to discard jobs, with a reason.

    `count` is the number of jobs that the confirmation page showed.
    """

    reason = StringField(
        "Reason",
        [DataRequired(NO_REASON), longest(REASON_CHARACTERS)],
        filters=[one_line],
    )
    count = IntegerField(validators=[Optional()])


class PhrasesForm(FlaskForm):
    """Form with the list of phrases. `version` is the number of the version that was changed."""

    body = TextAreaField("Phrases")
    version = IntegerField(widget=HiddenInput())

    def validate_body(self, field: Field) -> None:
        """Check number and length of the phrases."""
        if wrong := phrases.problem(field.data or ""):
            raise ValidationError(wrong)


class MagazineTextForm(FlaskForm):
    """Form with a text of the contributor's pages. `version` is the number of the version that was changed."""

    body = TextAreaField("Text")
    version = IntegerField(widget=HiddenInput())

    def validate_body(self, field: Field) -> None:
        """Check the length of the text."""
        if wrong := texts.problem(field.data or ""):
            raise ValidationError(wrong)


class JobFilterForm(Form):
    """Fields of the job filter, for display only. JobFilter.parse reads the query parameters."""

    status = SelectField("State", choices={"": "All open jobs", **wording.JOB_STATES})
    queue = SelectField("Queue", choices={"": "Any", **{name: name.capitalize() for name in QUEUES}})
    kind = StringField("Kind")
    error = StringField("Error")
    submission = StringField("Submission")
