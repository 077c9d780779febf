"""The forms that people fill in. Limits are those of the settings; messages say what to do."""

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
from wtforms.validators import DataRequired, Email, Length, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from intake.languages import LANGUAGES, OTHER
from intake.models.account import ROLES
from intake.settings import Settings
from intake.web.current import config

TITLE_CHARACTERS = 300
LINE_CHARACTERS = 300
NOTE_CHARACTERS = 2000
PASSWORD_CHARACTERS = 12


def _longest(characters: int) -> Length:
    return Length(max=characters, message=f"Please keep this to {characters} characters.")


class SubmissionForm(FlaskForm):
    """What a contributor types. No CSRF cookie: the signed one-time token is what a forger would need."""

    class Meta:
        csrf = False

    token = HiddenField()
    title = StringField("Title", [DataRequired("Please give your text a title."), _longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text")
    format = RadioField(
        "How it is written",
        choices=[("plain", "As plain text"), ("html", "As HTML, from a web editor")],
        default="plain",
    )
    language = SelectField(
        "Language", choices=[*LANGUAGES.items(), (OTHER, "Another language")], default="en"
    )
    section = SelectField("Section")
    print_name = StringField("Name to print", [_longest(LINE_CHARACTERS)])
    contact = StringField("How to reach you", [_longest(LINE_CHARACTERS)])
    consent = BooleanField(
        "I agree", [DataRequired("We may only read on if you agree. Please tick the box.")]
    )

    def __init__(self, settings: Settings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._settings = settings
        self.section.choices = [(name, name) for name in settings.section_names]

    def validate_body(self, field: Field) -> None:
        """The cap is in bytes, as the text is sent: a Chinese character takes three."""
        limit = self._settings.max_text_bytes
        size = len((field.data or "").encode("utf-8", "replace"))
        if size > limit:
            raise ValidationError(
                f"The text has {size // 1024} KB; up to {limit // 1024} KB can be sent. Please shorten it."
            )


class ReceiptForm(FlaskForm):
    """The way back in."""

    class Meta:
        csrf = False

    receipt = StringField("Your receipt", [DataRequired("Please type your receipt.")])


class DecisionForm(FlaskForm):
    """Accept or reject, on the version that the editor saw."""

    verdict = HiddenField()
    version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])
    reason = TextAreaField("Reason", [_longest(NOTE_CHARACTERS)])


class EditForm(FlaskForm):
    """An edit of title and text, on the version that the editor saw."""

    version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])
    title = StringField("Title", [DataRequired("A piece needs a title."), _longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text", [DataRequired("There is no text left. To turn the piece down, reject it.")])
    note = StringField("What you changed", [_longest(LINE_CHARACTERS)])

    def validate_body(self, field: Field) -> None:
        """Room for mark-up beside the contributor's own limit."""
        settings = config()
        if len((field.data or "").encode()) > 2 * settings.max_text_bytes:
            raise ValidationError(f"The text is larger than {2 * settings.max_text_bytes // 1024} KB.")


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
    )
    email = StringField(
        "E-mail address",
        [DataRequired("You log in with this address."), Email("This is not an e-mail address.")],
    )


class InvitationForm(FlaskForm):
    """An admin adds somebody."""

    name = StringField("Name", [DataRequired("Please give a name."), _longest(LINE_CHARACTERS)])
    email = StringField(
        "E-mail address",
        [DataRequired("They log in with this address."), Email("This is not an e-mail address.")],
    )
    roles = SelectMultipleField(
        "Roles",
        [DataRequired("Please choose at least one role.")],
        choices=list(ROLES.items()),
        default=["editor"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
