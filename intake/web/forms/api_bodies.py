"""What programs send to the desk where its pages have no form of the same fields."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import UUID, DataRequired

from intake.languages import LANGUAGES
from intake.web.forms.batches import BatchForm
from intake.web.forms.canned_replies import DeletionForm, WordingForm
from intake.web.forms.fields import LETTER_CHARACTERS, NOTE_CHARACTERS, YesField, lines, longest
from intake.web.forms.messages import NO_WORDS
from intake.web.forms.queue import ViewForm

NO_TOKEN = "Please send the token of the preview, or a new UUID: sent again, it is the same batch."  # noqa: S105 - a sentence


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


class BatchBody(BatchForm):
    """A verdict on several, and beside it which, and what their contributors read."""

    items = HiddenField()
    messages = HiddenField()


class AskBody(BatchBody):
    """It is asked for: once for each token."""

    token = HiddenField("Token", [DataRequired(NO_TOKEN), UUID(NO_TOKEN)])


class ReplyBody(WordingForm):
    """A new reply; unlike the page it has no language of its own choice, in which one that is left out would end."""

    language = SelectField("Language", choices=LANGUAGES)


class ChangedReplyBody(ReplyBody, DeletionForm):
    """One that takes the place of what was seen."""
