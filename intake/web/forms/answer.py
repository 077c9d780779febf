"""Forms of a contributor's answer and message.

They need no CSRF cookie, because an attacker has no receipt.
"""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Optional

from intake.languages import FORMATS
from intake.settings import Settings
from intake.web.forms.contribute import text_fits
from intake.web.forms.fields import LETTER_CHARACTERS, TITLE_CHARACTERS, longest, seen

NO_WORDS = "Please write something."


class AnswerForm(FlaskForm):
    """Form to answer a request for changes. Title and body are sent only if the page showed the text."""

    class Meta:
        csrf = False

    token = HiddenField()
    receipt = HiddenField()
    message = TextAreaField("Your message to the editor", [longest(LETTER_CHARACTERS)])
    title = StringField("Title", [longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text")
    format = HiddenField(
        default="plain", validators=[Optional(), AnyOf(FORMATS, "We do not know this format.")]
    )

    def __init__(self, settings: Settings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._settings = settings

    def validate_body(self, field: Field) -> None:
        """Check the size limit of a text, the same as for a new submission."""
        text_fits(field, self._settings)


class LetterForm(FlaskForm):
    """Form to send a message from a contributor to the editors."""

    class Meta:
        csrf = False

    token = HiddenField()
    receipt = HiddenField()
    letter = TextAreaField(
        "Your message", [DataRequired(NO_WORDS), longest(LETTER_CHARACTERS), seen(NO_WORDS)]
    )
