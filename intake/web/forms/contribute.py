"""Forms of a contributor. Their limits come from the settings."""

from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from intake import consent
from intake.consent import Consent
from intake.languages import OTHER, UNTOLD, Format, offered
from intake.magazine import shown
from intake.plurals import gettext_noop
from intake.settings import Settings
from intake.translations.catalogue import Catalogue
from intake.web.current import config
from intake.web.display import size
from intake.web.forms.fields import LINE_CHARACTERS, TITLE_CHARACTERS, MomentField, YesField, longest, seen
from intake.web.language import current, gettext, translator

NO_CONSENT = gettext_noop("We may only read on if you agree. Please tick the box.")
CONSENT_CHANGED = gettext_noop(
    "The text that you agree to has changed since you opened this page. Please read the new one, then tick the box."
)
PAST = gettext_noop("That time is over. Please give a later one, or leave this empty.")
NOT_A_CHOICE = gettext_noop("Not a valid choice.")
"""Message of WTForms for a value that a list of choices does not have."""
NO_TITLE = gettext_noop("Please give your text a title.")
FORMATS: dict[Format, str] = {
    "plain": gettext_noop("As plain text"),
    "light": gettext_noop("As plain text with lists: their lines begin with “- ” or “1. ”"),
    "verse": gettext_noop("As a poem, or another text in which every line break and indent must stay"),
    "html": gettext_noop("As the formatted text that was pasted"),
}


class ContributorForm(FlaskForm):
    """Form in the reader's language.

    Needs no CSRF cookie, because an attacker has neither its signed one-time token nor the receipt.
    """

    class Meta:
        csrf = False

        def get_translations(self, _form: object) -> Catalogue:
            """Translate the messages of WTForms itself, such as NOT_A_CHOICE."""
            return translator()


class SubmissionForm(ContributorForm):
    """Form to send a submission. `agreed` is the current consent text, set while the form is validated."""

    agreed: Consent

    token = HiddenField()
    title = StringField(lazy_gettext("Title"), [longest(TITLE_CHARACTERS)])
    body = TextAreaField(lazy_gettext("Text"))
    format = RadioField(lazy_gettext("How it is written"), default="plain")
    language = SelectField(lazy_gettext("In which language is your text?"), default=UNTOLD)
    section = SelectField(lazy_gettext("Section"))
    print_name = StringField(lazy_gettext("Name to print"), [longest(LINE_CHARACTERS)])
    contact = StringField(lazy_gettext("How to reach you"), [longest(LINE_CHARACTERS)])
    embargo_until = MomentField(lazy_gettext("Do not publish before"))
    consent_version = HiddenField()
    consent = YesField(lazy_gettext("I agree"), [DataRequired(lazy_gettext(NO_CONSENT))])

    def __init__(self, settings: Settings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._settings = settings
        self.format.choices = {value: gettext(words) for value, words in FORMATS.items()}
        self.language.choices = {
            UNTOLD: gettext("Tell it from the text"),
            **offered(),
            OTHER: gettext("Another language"),
        }
        self.section.choices = {name: name for name in settings.section_names}

    def validate_title(self, field: Field) -> None:
        """Check that a text has a title with visible characters. Photos alone need none."""
        if (field.data or "").strip() or (self.body.data or "").strip():
            seen(gettext(NO_TITLE))(self, field)

    def differs(self, *names: str) -> bool:
        """Return whether one of these fields has an error or another value than in an empty form."""
        empty = type(self)(self._settings, formdata=None)
        return any(self[name].errors or _typed(self[name]) != _typed(empty[name]) for name in names)

    def validate_body(self, field: Field) -> None:
        """Check the text against the size limit of the settings."""
        text_fits(field, self._settings)

    def validate_consent(self, field: Field) -> None:
        """Check that the page showed the current consent text. A page without a version showed the default text."""
        self.agreed = consent_now()
        if (self.consent_version.data or consent.VERSION) != self.agreed.version:
            field.data = False
            raise ValidationError(gettext(CONSENT_CHANGED))

    def validate_embargo_until(self, field: MomentField) -> None:
        """Check that the time is in the future."""
        try:
            to_come(field.value)
        except ValueError as error:
            raise ValidationError(gettext(str(error))) from None


def consent_shown() -> Consent:
    """Return the consent text to show on a page in the reader's language."""
    return shown.consent_shown(current(), config().magazine)


def consent_now() -> Consent:
    """Return the consent text currently in force, in the reader's language. Raises DatabaseUnavailable."""
    return shown.consent_now(current(), config().magazine)


def _typed(field: Field) -> str:
    """Return the value that the browser shows in a field. A select box without a value shows its first option."""
    return field.data or next(iter(getattr(field, "choices", None) or ()), "")


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
        gettext(
            "The text has %(size)s; up to %(most)s can be sent. Please shorten it.",
            size=size(found),
            most=size(limit),
        )
        if found > limit
        else ""
    )


def text_fits(field: Field, settings: Settings) -> None:
    """Raise ValidationError if the text is too large."""
    if problem := text_problem(field.data or "", settings):
        raise ValidationError(problem)


class ReceiptForm(ContributorForm):
    """Form to enter the receipt of a submission."""

    receipt = StringField(
        lazy_gettext("Your receipt"), [DataRequired(lazy_gettext("Please type your receipt."))]
    )
