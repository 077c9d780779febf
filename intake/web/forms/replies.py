"""What an editor fills in to keep a reply ready."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from intake import wording
from intake.languages import LANGUAGES
from intake.web.forms.fields import LINE_CHARACTERS, NOTE_CHARACTERS, lines, longest, one_line


class ReplyForm(FlaskForm):
    """`changed_at` is empty for a new one."""

    changed_at = HiddenField()
    verdict = SelectField("For", choices={key: word.capitalize() for key, word in wording.VERDICTS.items()})
    language = SelectField("Language", choices=LANGUAGES, default="en")
    name = StringField(
        "Name",
        [DataRequired("Please give it a name, so that colleagues find it."), longest(LINE_CHARACTERS)],
        filters=[one_line],
    )
    body = TextAreaField(
        "Words", [DataRequired("Please write the reply."), longest(NOTE_CHARACTERS)], filters=[lines]
    )


class DeletionForm(FlaskForm):
    """The reply as it was when somebody wanted it gone."""

    changed_at = HiddenField(validators=[DataRequired("Load the page again: it does not say what it shows.")])
