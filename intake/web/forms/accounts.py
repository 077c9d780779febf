"""Forms of accounts, preferences and tokens."""

from collections.abc import Iterable
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, NumberInput

from intake.accounts.passwords import password_problem
from intake.accounts.tokens import MOST_DAYS
from intake.languages import LANGUAGES, NAMES
from intake.models.account import ADMIN_SCOPES, DESK_SCOPES, ROLES, Editor
from intake.permissions.reach import Reach, reach_of
from intake.translations import interface
from intake.web.current import config
from intake.web.forms.fields import LINE_CHARACTERS, YesField, longest, one_line
from intake.web.language import gettext

NO_PERSON_NAME = "Please give a name."
NO_ADDRESS = "Please give an e-mail address, such as asel@example.org. They log in with it."
NO_ROLE = "Please choose at least one role."
ADDRESS_TAKEN = "There is an account with this address."
NAME_TAKEN = lazy_gettext("A colleague has this name already. Please add something that tells you apart.")


def is_address(typed: str) -> bool:
    """Return whether a text is an e-mail address."""
    try:
        validate_email(typed, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def own_words(*personal: str) -> tuple[str, ...]:
    """Return the words that a password must not contain: the person's name and address, and the magazine's name."""
    return (*personal, config().magazine)


class PasswordForm(FlaskForm):
    """Form to set the password of an invited account. `person` is the name and address, if they are known."""

    password = PasswordField(
        lazy_gettext("Password"), [DataRequired(lazy_gettext("Please choose a password."))]
    )
    person: tuple[str, ...] = ()

    def validate_password(self, field: PasswordField) -> None:
        """Check the rules for passwords. Raises ValidationError."""
        problem = password_problem(field.data or "", own_words(*self.person))
        if problem:
            raise ValidationError(problem)


class SetupForm(PasswordForm):
    """Form to create the account of the first admin."""

    name = StringField(
        lazy_gettext("Your name"),
        [
            DataRequired(lazy_gettext("Please give the name that your colleagues know.")),
            longest(LINE_CHARACTERS),
        ],
        filters=[one_line],
    )
    email = StringField(
        lazy_gettext("E-mail address"),
        [
            DataRequired(lazy_gettext("You log in with this address.")),
            Email(lazy_gettext("This is not an e-mail address.")),
        ],
        filters=[one_line],
    )

    @property
    def person(self) -> tuple[str, ...]:  # type: ignore[override]
        """Typed name and address."""
        return (self.name.data or "", self.email.data or "")


class InvitationForm(FlaskForm):
    """Form to create an account and its invitation."""

    name = StringField("Name", [DataRequired(NO_PERSON_NAME), longest(LINE_CHARACTERS)], filters=[one_line])
    email = StringField(
        "E-mail address",
        [DataRequired(NO_ADDRESS), Email(NO_ADDRESS)],
        filters=[one_line],
    )
    roles = SelectMultipleField(
        "Roles",
        [DataRequired(NO_ROLE)],
        choices=ROLES,
        default=["editor"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    sections = SelectMultipleField(
        "Sections", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def __init__(self, **given: Any) -> None:
        """Offer the sections of the settings."""
        super().__init__(**given)
        self.sections.choices = [(name, name) for name in section_names()]


def section_names(kept: Iterable[str] = ()) -> list[str]:
    """Return the sections of the settings, and those in `kept` that the settings no longer name."""
    return list(dict.fromkeys([*config().desk_sections, *kept]))


class LimitsForm(FlaskForm):
    """Form to limit an editor to sections and languages, and to allow or forbid reading contact details."""

    sections = SelectMultipleField(
        "Sections", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    languages = SelectMultipleField(
        "Languages", choices=NAMES, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    reads_contact = YesField("May read contact details of contributors")

    def __init__(self, kept: Iterable[str] = (), **given: Any) -> None:
        """Offer the sections of the settings, and in addition `kept`, the current sections of the account."""
        super().__init__(**given)
        self.sections.choices = [(name, name) for name in section_names(kept)]


class PreferencesForm(FlaskForm):
    """Form of an editor's preferences. An unticked checkbox means no."""

    language = SelectField(lazy_gettext("Language of the desk"), validate_choice=False)
    mail = YesField(lazy_gettext("Notify me by mail"))
    shortcuts = YesField(lazy_gettext("Keyboard shortcuts"))
    spelling = YesField(lazy_gettext("Spell check by the browser"))
    mail_sections = SelectMultipleField(
        lazy_gettext("Sections"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    mail_languages = SelectMultipleField(
        lazy_gettext("Languages"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def __init__(self, person: Editor, **given: Any) -> None:
        """Offer the sections and languages that the person may see. Other chosen values are dropped on saving."""
        super().__init__(**given)
        self.language.choices = [
            ("", gettext("As the browser prefers")),
            *((code, LANGUAGES[code]) for code in interface.DESK),
        ]
        seen = reach_of(person)
        sections = seen.sections or section_names(person.mail_sections)
        self.mail_sections.choices = {name: name for name in sections}
        names = {code: name for code, name in NAMES.items() if _is_seen(code, seen)}
        self.mail_languages.choices = dict(sorted(names.items(), key=lambda one: one[1].casefold()))

    @property
    def chosen_language(self) -> str | None:
        """Language of the desk, or None for the one that the browser prefers."""
        return self.language.data if self.language.data in interface.DESK else None


def _is_seen(code: str, seen: Reach) -> bool:
    return not seen.languages or code in seen.languages


NO_NAME = lazy_gettext("Please name the program that uses this token.")


class TokenForm(FlaskForm):
    """Form to create an API token, with name, lifetime and scopes."""

    name = StringField(
        lazy_gettext("Program"), [DataRequired(NO_NAME), longest(LINE_CHARACTERS)], filters=[one_line]
    )
    days = IntegerField(
        lazy_gettext("Days until it expires"),
        [
            InputRequired(lazy_gettext("Please give a number of days.")),
            NumberRange(1, MOST_DAYS, lazy_gettext("From 1 to %(most)s days.", most=MOST_DAYS)),
        ],
        default=lambda: config().token_days,
        widget=NumberInput(min=1, max=MOST_DAYS),
    )
    scopes = SelectMultipleField(
        lazy_gettext("Permissions"),
        [DataRequired(lazy_gettext("Please choose at least one permission."))],
        choices=lambda: {code: gettext(words) for code, words in DESK_SCOPES.items()},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class AdminTokenForm(TokenForm):
    """Form to create an API token for operations."""

    scopes = SelectMultipleField(
        lazy_gettext("Permissions"),
        [DataRequired(lazy_gettext("Please choose at least one permission."))],
        choices=ADMIN_SCOPES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class PersonNameForm(FlaskForm):
    """Form to change the name of an account."""

    name = StringField(
        lazy_gettext("Name"),
        [
            DataRequired(lazy_gettext("Please give the name that your colleagues know.")),
            longest(LINE_CHARACTERS),
        ],
        filters=[one_line],
    )


class RolesForm(FlaskForm):
    """Form to change the roles of an account."""

    roles = SelectMultipleField(
        "Choose one or more",
        [DataRequired(f"{NO_ROLE} To take all away, switch the account off.")],
        choices=ROLES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
