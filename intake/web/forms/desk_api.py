"""What programs send to the desk where its pages have no form of the same fields."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from intake.web.forms.fields import LETTER_CHARACTERS, NOTE_CHARACTERS, YesField, lines, longest
from intake.web.forms.messages import NO_WORDS
from intake.web.forms.views import ViewForm


class NoteBody(FlaskForm):
    """A note."""

    body = TextAreaField("Text", [DataRequired(NO_WORDS), longest(NOTE_CHARACTERS)], filters=[lines])


class LetterBody(FlaskForm):
    """A message to the contributor."""

    body = TextAreaField("Text", [DataRequired(NO_WORDS), longest(LETTER_CHARACTERS)], filters=[lines])


class ClaimForm(FlaskForm):
    """Whether to take it from somebody else who has it."""

    takeover = YesField("Take it over")


class ViewBody(ViewForm):
    """A name for filters, and beside it the filters."""

    filters = HiddenField()
