"""What an editor writes to a contributor, and to colleagues."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from intake.web.forms.fields import LETTER_CHARACTERS, NOTE_CHARACTERS, lines, longest, version_field

NO_WORDS = "Please write something."


class MessageForm(FlaskForm):
    """A message to the contributor; the version tells what happened meanwhile where it comes too late."""

    version = version_field()
    letter = TextAreaField(
        "Write to the contributor", [DataRequired(NO_WORDS), longest(LETTER_CHARACTERS)], filters=[lines]
    )


class NoteForm(FlaskForm):
    """A note to colleagues."""

    version = version_field()
    note = TextAreaField("Note", [DataRequired(NO_WORDS), longest(NOTE_CHARACTERS)], filters=[lines])
