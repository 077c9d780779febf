"""What an admin says of the machines."""

from typing import ClassVar

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from intake.subscriptions import SCHEDULES
from intake.web.forms.fields import longest

REASON_CHARACTERS = 200


class ReasonForm(FlaskForm):
    """Why a lever is pulled; the others see it."""

    reason = StringField(
        "Why", [DataRequired("Please say why: the others see it."), longest(REASON_CHARACTERS)]
    )

    @property
    def complaint(self) -> str:
        """The first thing that is wrong with it."""
        return next((error for errors in self.errors.values() for error in errors), "Please try again.")


class RunForm(ReasonForm):
    """What the clock would start later, to be started now."""

    CANARIES: ClassVar = "canaries"

    kind = SelectField(
        "What",
        choices={CANARIES: "A canary through every queue"}
        | {kind: kind for kind in SCHEDULES if not kind.startswith("canary.")},
    )
