"""What an editor fills in."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import AnyOf

from intake.models.decision import VERDICTS
from intake.reasons import REASONS
from intake.web.forms.fields import (
    NOTE_CHARACTERS,
    YesField,
    lines,
    longest,
    version_field,
)


def _codes() -> dict[str, str]:
    """Every code once; which of them fit a verdict, the action knows."""
    return {code: word for codes in REASONS.values() for code, word in codes.items()}


class DecisionForm(FlaskForm):
    """A verdict on the version that the editor saw, why, and what the contributor reads of it."""

    verdict = HiddenField("Verdict", [AnyOf(list(VERDICTS), "Please choose what to do.")])
    version = version_field()
    code = SelectField("Why", choices={"": "No reason given", **_codes()}, validate_choice=False)
    message = TextAreaField("Message to the contributor", [longest(NOTE_CHARACTERS)], filters=[lines])
    no_message = YesField("Send no message")
