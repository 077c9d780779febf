"""Forms of the admin pages on queues, workers, schedules and jobs."""

from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Optional

from intake import wording
from intake.job_kinds import CANARIES, EVERY_QUEUE, QUEUES
from intake.subscriptions import SCHEDULES
from intake.web.forms.fields import longest, one_line

REASON_CHARACTERS = 200


class ReasonForm(FlaskForm):
    """Reason of an admin action. The other admins see it."""

    reason = StringField(
        "Reason", [DataRequired("Please give a reason. The other admins see it."), longest(REASON_CHARACTERS)]
    )

    @property
    def complaint(self) -> str:
        """First error of the form."""
        return next((error for errors in self.errors.values() for error in errors), "Please try again.")


class RunForm(ReasonForm):
    """Scheduled job to start now."""

    kind = SelectField(
        "Job",
        choices={EVERY_QUEUE: "A canary in every queue"}
        | {kind: kind for kind in SCHEDULES if kind not in CANARIES.values()},
    )

    @property
    def kinds(self) -> list[str]:
        """Kinds of jobs to start."""
        return list(CANARIES.values()) if self.kind.data == EVERY_QUEUE else [str(self.kind.data)]


class RetryForm(FlaskForm):
    """Optional reason of a retry."""

    # The page of a job has both forms, so the ids have to differ.
    reason = StringField("Reason", [longest(REASON_CHARACTERS)], filters=[one_line], id="why-again")


class DiscardForm(FlaskForm):
    """Reason of a discard, and the number of jobs in the preview."""

    reason = StringField(
        "Reason",
        [DataRequired("Please give a reason. The other admins see it."), longest(REASON_CHARACTERS)],
        filters=[one_line],
    )
    count = IntegerField(validators=[Optional()])


class JobFilterForm(Form):
    """Filter of jobs as fields. JobFilter.parse reads the submitted values."""

    status = SelectField("State", choices={"": "Open", **wording.JOB_STATES})
    queue = SelectField("Queue", choices={"": "Any", **{name: name.capitalize() for name in QUEUES}})
    kind = StringField("Kind")
    error = StringField("Error")
    submission = StringField("Submission")


class RetriesBody(RetryForm):
    """Request body to retry jobs."""

    ids = HiddenField()
    filter = HiddenField()


class DiscardsBody(DiscardForm):
    """Request body to discard jobs. Same fields as `RetriesBody`."""

    ids = HiddenField()
    filter = HiddenField()


QUEUE = f"<any({', '.join(QUEUES)}):queue>"


MOST_NAMED = 1000
