"""Forms of saved replies."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
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
from intake.decisions.reasons import REASONS
from intake.errors import StaleRevision
from intake.languages import LANGUAGES
from intake.review.submission_detail import SubmissionDetail
from intake.web.current import config, reading
from intake.web.forms.fields import LINE_CHARACTERS, NOTE_CHARACTERS, lines, longest, one_line
from intake.web.language import gettext

NO_NAME = lazy_gettext("Please give the reply a name for your colleagues.")
NO_WORDS = lazy_gettext("Please write the reply.")


def _capitalized(word: str) -> str:
    """Return a verdict in the reader's language, with a capital letter."""
    return gettext(word).capitalize()


class WordingForm(FlaskForm):
    """Form fields of a saved reply."""

    verdict = SelectField(
        lazy_gettext("For"),
        choices=lambda: {key: _capitalized(word) for key, word in wording.VERDICTS.items()},
    )
    code = SelectField(lazy_gettext("Reason"), validate_choice=False)
    language = SelectField(lazy_gettext("Language"), choices=LANGUAGES, default="en")
    name = StringField(
        lazy_gettext("Name"),
        [DataRequired(NO_NAME), longest(LINE_CHARACTERS)],
        filters=[one_line],
    )
    body = TextAreaField(
        lazy_gettext("Text"), [DataRequired(NO_WORDS), longest(NOTE_CHARACTERS)], filters=[lines]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reasons of all verdicts, as `verdict.code`. A reason is ignored if it is not of the reply's verdict."""
        super().__init__(*args, **kwargs)
        named = {
            _capitalized(wording.VERDICTS[verdict]): [
                (f"{verdict}.{code}", gettext(words)) for code, words in codes.items()
            ]
            for verdict, codes in REASONS.items()
            if codes
        }
        self.code.choices = {"": [("", gettext("None"))], **named}

    def filled_in(self) -> ReplyInput:
        """Return the content of a valid form."""
        verdict, _, code = (self.code.data or "").partition(".")
        fits = verdict == self.verdict.data and code in REASONS[verdict]
        return ReplyInput(
            self.verdict.data,
            self.language.data,
            self.name.data or "",
            self.body.data or "",
            code if fits else None,
        )


class ReplyForm(WordingForm):
    """Form to create or change a saved reply. `changed_at` is empty for a new reply."""

    changed_at = HiddenField()


class DeletionForm(FlaskForm):
    """Form to delete a saved reply, with the `changed_at` that the page showed."""

    changed_at = HiddenField(
        validators=[DataRequired(lazy_gettext("The request has no version. Reload the page and try again."))]
    )


def seen(changed_at: str) -> datetime:
    """Parse the `changed_at` of a form or request. Raises StaleRevision if the value is no ISO 8601 time."""
    try:
        return datetime.fromisoformat(changed_at)
    except ValueError:
        raise StaleRevision from None


def replies_of(current: SubmissionDetail) -> list[CannedReply]:
    """Return the saved replies for a submission, with placeholders filled in."""
    with reading() as session:
        found = replies_for(session, current.submission.language)
    values = {"title": current.revision.title, "magazine": config().magazine}
    return [CannedReply(**{**vars(one), "body": fill(one.body, values)}) for one in found]


TAKEN = lazy_gettext(
    "A reply for this verdict and language has this name already. Please choose another name."
)
