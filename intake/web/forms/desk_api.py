"""What programs send to the desk where its pages have no form of the same fields."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from intake.web.forms.fields import NOTE_CHARACTERS, YesField, lines, longest


class WordsForm(FlaskForm):
    """A note, or a message to the contributor."""

    body = TextAreaField(
        "Text", [DataRequired("Please write something."), longest(NOTE_CHARACTERS)], filters=[lines]
    )


class ClaimForm(FlaskForm):
    """Whether to take it from somebody else who has it."""

    takeover = YesField("Take it over")
