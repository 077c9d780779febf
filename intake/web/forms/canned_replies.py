"""What an editor fills in to keep a reply ready."""

from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from intake import wording
from intake.decisions.canned_replies import (
    CannedReply,
    ReplyInput,
    fill,
    replies_for,
)
from intake.errors import StaleRevision
from intake.languages import LANGUAGES
from intake.review.submission_detail import SubmissionDetail
from intake.web.current import config, reading
from intake.web.forms.fields import LINE_CHARACTERS, NOTE_CHARACTERS, lines, longest, one_line

NO_NAME = "Please give it a name, so that colleagues find it."
NO_WORDS = "Please write the reply."


class WordingForm(FlaskForm):
    """What a reply is for, and its words."""

    verdict = SelectField("For", choices={key: word.capitalize() for key, word in wording.VERDICTS.items()})
    language = SelectField("Language", choices=LANGUAGES, default="en")
    name = StringField(
        "Name",
        [DataRequired(NO_NAME), longest(LINE_CHARACTERS)],
        filters=[one_line],
    )
    body = TextAreaField("Words", [DataRequired(NO_WORDS), longest(NOTE_CHARACTERS)], filters=[lines])

    def filled_in(self) -> ReplyInput:
        """What a valid form says."""
        return ReplyInput(self.verdict.data, self.language.data, self.name.data or "", self.body.data or "")


class ReplyForm(WordingForm):
    """`changed_at` is empty for a new one."""

    changed_at = HiddenField()


class DeletionForm(FlaskForm):
    """The reply as it was when somebody wanted it gone."""

    changed_at = HiddenField(validators=[DataRequired("Load the page again: it does not say what it shows.")])


def seen(changed_at: str) -> datetime:
    """The moment in `changed_at`; StaleRevision where it is none, since nothing can be said of what was seen."""
    try:
        return datetime.fromisoformat(changed_at)
    except ValueError:
        raise StaleRevision from None


def replies_of(current: SubmissionDetail) -> list[CannedReply]:
    """Those for the contributor of a piece, their placeholders filled in."""
    with reading() as session:
        found = replies_for(session, current.submission.language)
    values = {"title": current.revision.title, "magazine": config().magazine}
    return [CannedReply(**{**vars(one), "body": fill(one.body, values)}) for one in found]


TAKEN = "There is one of this name for this verdict and language. Please choose another name."
