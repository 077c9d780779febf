"""Forms of an editor's message to a contributor and note to colleagues."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from intake.web.forms.fields import LETTER_CHARACTERS, NOTE_CHARACTERS, lines, longest, version_field

NO_WORDS = lazy_gettext("Please write something.")


class MessageForm(FlaskForm):
    """Form to send a message to the contributor.

    `version` is the submission's version that the page showed. If the message is refused, the page lists the
    changes since.
    """

    version = version_field()
    letter = TextAreaField(
        lazy_gettext("Write to the contributor"),
        [DataRequired(NO_WORDS), longest(LETTER_CHARACTERS)],
        filters=[lines],
    )


class NoteForm(FlaskForm):
    """Form to write a note to colleagues."""

    version = version_field()
    note = TextAreaField(
        lazy_gettext("Note"), [DataRequired(NO_WORDS), longest(NOTE_CHARACTERS)], filters=[lines]
    )
