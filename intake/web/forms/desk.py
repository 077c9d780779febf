"""What an editor fills in."""

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, ValidationError

from intake.models.decision import VERDICTS
from intake.reasons import REASONS
from intake.web.current import config
from intake.web.display import size
from intake.web.forms.fields import (
    LINE_CHARACTERS,
    NOTE_CHARACTERS,
    TITLE_CHARACTERS,
    YesField,
    lines,
    longest,
    seen,
    version_field,
)

# An edit has room for mark-up beside the contributor's own limit.
EDIT_FACTOR = 2
UNTITLED = "A piece needs a title."


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


class EditForm(FlaskForm):
    """An edit of title and text, on the version that the editor saw."""

    version = version_field()
    title = StringField("Title", [DataRequired(UNTITLED), seen(UNTITLED), longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text")
    note = StringField("What you changed", [longest(LINE_CHARACTERS)])

    def validate_body(self, field: Field) -> None:
        """In bytes, as the contributor's own."""
        settings = config()
        if len((field.data or "").encode()) > EDIT_FACTOR * settings.max_text_bytes:
            raise ValidationError(f"The text is larger than {size(EDIT_FACTOR * settings.max_text_bytes)}.")
