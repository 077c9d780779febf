"""The forms that people fill in. Limits are those of the settings; messages say what to do."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, Email, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from intake.languages import NAMES
from intake.models.account import ROLES
from intake.models.decision import VERDICTS
from intake.settings import Settings
from intake.text import clean_body, clean_line
from intake.web.current import config
from intake.web.display import size

TITLE_CHARACTERS = 300
LINE_CHARACTERS = 300
CAPTION_CHARACTERS = 1000
NOTE_CHARACTERS = 2000
PASSWORD_CHARACTERS = 12
# An edit has room for mark-up beside the contributor's own limit.
EDIT_FACTOR = 2
NO_TITLE = "Please give your text a title."
UNTITLED = "A piece needs a title."
# A browser sends y; a program may say yes in its own way. Anything else, "no" included, is no consent.
YES = frozenset({"y", "yes", "true", "on", "1"})


def _longest(characters: int) -> Length:
    return Length(max=characters, message=f"Please keep this to {characters} characters.")


def _seen(message: str) -> Callable[[Any, Field], None]:
    """Refuse a line of which cleaning would leave nothing, such as one zero-width space."""

    def check(_form: Any, field: Field) -> None:
        if not clean_line((field.data or "")[:LINE_CHARACTERS]):
            raise ValidationError(message)

    return check


def _line(typed: str | None) -> str | None:
    """A name as it may be stored: PostgreSQL takes no NUL, and nobody should be called U+202E."""
    # Of a megabyte, which takes a second to clean, enough is left to be refused as too long.
    return clean_line(typed[: 2 * LINE_CHARACTERS]) if typed else typed


def _lines(typed: str | None) -> str | None:
    return clean_body(typed, format="plain").text if typed else typed


class YesField(BooleanField):
    """A box that only a clear yes ticks."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """WTForms would take `no` and `0` for yes."""
        self.data = bool(valuelist) and valuelist[0].lower() in YES


class SubmissionForm(FlaskForm):
    """What a contributor types. No CSRF cookie: the signed one-time token is what a forger would need."""

    class Meta:
        csrf = False

    token = HiddenField()
    title = StringField(
        "Title",
        [DataRequired(NO_TITLE), _seen(NO_TITLE), _longest(TITLE_CHARACTERS)],
    )
    body = TextAreaField("Text")
    format = RadioField(
        "How it is written",
        choices={
            "plain": "As plain text",
            "light": "As plain text with lists: their lines begin with “- ” or “1. ”",
            "html": "As HTML, from a web editor",
        },
        default="plain",
    )
    language = SelectField("Language", choices=NAMES, default="en")
    section = SelectField("Section")
    print_name = StringField("Name to print", [_longest(LINE_CHARACTERS)])
    contact = StringField("How to reach you", [_longest(LINE_CHARACTERS)])
    consent = YesField("I agree", [DataRequired("We may only read on if you agree. Please tick the box.")])

    def __init__(self, settings: Settings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._settings = settings
        self.section.choices = {name: name for name in settings.section_names}

    def validate_body(self, field: Field) -> None:
        """The cap is in bytes, as the text is sent: a Chinese character takes three."""
        limit = self._settings.max_text_bytes
        found = len((field.data or "").encode())
        if found > limit:
            raise ValidationError(
                f"The text has {size(found)}; up to {size(limit)} can be sent. Please shorten it."
            )


class ReceiptForm(FlaskForm):
    """The way back in."""

    class Meta:
        csrf = False

    receipt = StringField("Your receipt", [DataRequired("Please type your receipt.")])


def _version() -> IntegerField:
    return IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired("Load the page again: it does not say what it shows.")],
    )


class DecisionForm(FlaskForm):
    """Accept or reject, on the version that the editor saw."""

    verdict = HiddenField("Verdict", [AnyOf(list(VERDICTS), "Please accept or reject.")])
    version = _version()
    reason = TextAreaField("Reason", [_longest(NOTE_CHARACTERS)], filters=[_lines])


class EditForm(FlaskForm):
    """An edit of title and text, on the version that the editor saw."""

    version = _version()
    title = StringField("Title", [DataRequired(UNTITLED), _seen(UNTITLED), _longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text")
    note = StringField("What you changed", [_longest(LINE_CHARACTERS)])

    def validate_body(self, field: Field) -> None:
        """In bytes, as the contributor's own."""
        settings = config()
        if len((field.data or "").encode()) > EDIT_FACTOR * settings.max_text_bytes:
            raise ValidationError(f"The text is larger than {size(EDIT_FACTOR * settings.max_text_bytes)}.")


class PasswordForm(FlaskForm):
    """A person who was invited sets a password."""

    password = PasswordField(
        "Password",
        [
            DataRequired("Please choose a password."),
            Length(
                min=PASSWORD_CHARACTERS,
                max=200,
                message=f"At least {PASSWORD_CHARACTERS} characters; four words are good.",
            ),
        ],
    )


class SetupForm(PasswordForm):
    """The first admin."""

    name = StringField(
        "Your name",
        [DataRequired("Please give your name, as the others know it."), _longest(LINE_CHARACTERS)],
        filters=[_line],
    )
    email = StringField(
        "E-mail address",
        [DataRequired("You log in with this address."), Email("This is not an e-mail address.")],
        filters=[_line],
    )


class InvitationForm(FlaskForm):
    """An admin adds somebody."""

    name = StringField(
        "Name", [DataRequired("Please give a name."), _longest(LINE_CHARACTERS)], filters=[_line]
    )
    email = StringField(
        "E-mail address",
        [DataRequired("They log in with this address."), Email("This is not an e-mail address.")],
        filters=[_line],
    )
    roles = SelectMultipleField(
        "Roles",
        [DataRequired("Please choose at least one role.")],
        choices=ROLES,
        default=["editor"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
