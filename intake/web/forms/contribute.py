"""Forms of a contributor. Their limits come from the settings."""

from datetime import UTC, datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from intake import consent
from intake.languages import UNTOLD, offered
from intake.settings import Settings
from intake.web.current import config
from intake.web.display import size
from intake.web.forms.fields import LINE_CHARACTERS, TITLE_CHARACTERS, MomentField, YesField, longest, seen

NO_CONSENT = "We may only read on if you agree. Please tick the box."
PAST = "That time is over. Please give a later one, or leave this empty."
NO_TITLE = "Please give your text a title."


class SubmissionForm(FlaskForm):
    """Form to send a submission.

    Needs no CSRF cookie, because an attacker cannot forge its signed one-time token.
    """

    class Meta:
        csrf = False

    token = HiddenField()
    title = StringField("Title", [longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text")
    format = RadioField(
        "How it is written",
        choices={
            "plain": "As plain text",
            "light": "As plain text with lists: their lines begin with “- ” or “1. ”",
            "verse": "As a poem, or another text in which every line break and indent must stay",
            "html": "As HTML, from a web editor",
        },
        default="plain",
    )
    language = SelectField(
        "In which language is your text?",
        choices={UNTOLD: "Tell it from the text", **offered()},
        default=UNTOLD,
    )
    section = SelectField("Section")
    print_name = StringField("Name to print", [longest(LINE_CHARACTERS)])
    contact = StringField("How to reach you", [longest(LINE_CHARACTERS)])
    embargo_until = MomentField("Do not publish before")
    consent = YesField("I agree", [DataRequired(NO_CONSENT)])

    def __init__(self, settings: Settings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._settings = settings
        self.section.choices = {name: name for name in settings.section_names}

    def validate_title(self, field: Field) -> None:
        """Check that a text has a title with visible characters. Photos alone need none."""
        if (field.data or "").strip() or (self.body.data or "").strip():
            seen(NO_TITLE)(self, field)

    def validate_body(self, field: Field) -> None:
        """Check the size limit of the settings."""
        text_fits(field, self._settings)

    def validate_embargo_until(self, field: MomentField) -> None:
        """Check that the time is in the future."""
        try:
            to_come(field.value)
        except ValueError as error:
            raise ValidationError(str(error)) from None


def consent_text() -> str:
    """Return the text that a contributor agrees to, with the name of the magazine."""
    return consent.TEXT.format(magazine=config().magazine)


def to_come(at: datetime | None) -> datetime | None:
    """Return `at`, which may be None. Raises ValueError with an error message if the time has passed."""
    if at and at <= datetime.now(UTC):
        raise ValueError(PAST)
    return at


def text_problem(text: str, settings: Settings) -> str:
    """Return an error message if the text is too large, else "".

    The limit is in UTF-8 bytes (3 for a Chinese character).
    """
    limit, found = settings.max_text_bytes, len(text.encode())
    return (
        f"The text has {size(found)}; up to {size(limit)} can be sent. Please shorten it."
        if found > limit
        else ""
    )


def text_fits(field: Field, settings: Settings) -> None:
    """Raise ValidationError if the text is too large."""
    if problem := text_problem(field.data or "", settings):
        raise ValidationError(problem)


class ReceiptForm(FlaskForm):
    """Form to enter the receipt of a submission."""

    class Meta:
        csrf = False

    receipt = StringField("Your receipt", [DataRequired("Please type your receipt.")])
