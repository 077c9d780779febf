"""Form fields of settings that admins change (choices), for the settings page and the setup assistant."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget, PasswordInput

from intake.magazine import choices as values
from intake.magazine import sealed_address
from intake.magazine.choices import NAME_CHARACTERS, SECTION_CHARACTERS
from intake.settings import set_by
from intake.translations import interface
from intake.web.forms.fields import longest, one_line

NO_NAME = "Please give the name of the magazine."
NO_LANGUAGE = "Please choose at least one language."
PASSWORD_AGAIN = "Please give the password again, because server, port or user has changed."  # noqa: S105 - a sentence
NO_NUMBER = "Please give a whole number."
FIELD_OF = {
    "sections": "new_sections",
    "hidden_sections": "new_sections",
    "form_languages": "languages",
    "smtp_url": "smtp_host",
    "overdue_hours": "overdue",
    "checklists": "checklist_others",
}
"""Name of a setting → form field at which its error is shown, where the names differ."""


def number(label: str, least: int, most: int) -> IntegerField:
    """Return a required field for a whole number."""
    wrong = f"Please give a number from {least} to {most:,}."
    return IntegerField(label, [InputRequired(NO_NUMBER), NumberRange(least, most, wrong)])


class ChoiceForm(FlaskForm):
    """Form of settings, except those that environment variables set. `version`: version that the form changes."""

    version = IntegerField(widget=HiddenInput())

    def show(self, problems: Mapping[str, str]) -> None:
        """Show the errors of settings at their fields. `problems` is setting → error message."""
        for name, sentence in problems.items():
            field = self._fields.get(FIELD_OF.get(name, name))
            if field is None:
                self.form_errors.append(sentence)
            elif not field.errors:
                field.errors = [sentence]

    def typed(self, now: Mapping[str, str]) -> dict[str, str]:
        """Return the settings of the form as text. `now` has the current settings, see `settings.present`."""
        found: dict[str, str] = {}
        for part in (NameForm, LanguagesForm, MailForm):
            if isinstance(self, part):
                found |= part.read(self, now)
        return found

    def _drop(self, names: Mapping[str, tuple[str, ...]]) -> None:
        for choice, own in names.items():
            if set_by(choice):
                for name in own:
                    del self[name]


class NameForm(ChoiceForm):
    """Name of the magazine."""

    magazine = StringField(
        "Name of the magazine", [DataRequired(NO_NAME), longest(NAME_CHARACTERS)], filters=[one_line]
    )

    def read(self, _now: Mapping[str, str]) -> dict[str, str]:
        """Return the settings of these fields."""
        return {"magazine": self.magazine.data or ""} if "magazine" in self else {}


class LanguagesForm(ChoiceForm):
    """Languages in which contributors' pages are offered."""

    languages = SelectMultipleField(
        "Languages of the form",
        [DataRequired(NO_LANGUAGE)],
        choices=interface.NAMES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def read(self, _now: Mapping[str, str]) -> dict[str, str]:
        """Return the settings of these fields. All languages are stored as "", which includes future languages."""
        if "languages" not in self:
            return {}
        chosen = self.languages.data or []
        return {"form_languages": "" if len(chosen) == len(interface.NAMES) else ",".join(chosen)}


class MailForm(ChoiceForm):
    """Mail server, and sender of mail."""

    smtp_host = StringField("Mail server", [longest(200)], filters=[one_line])
    smtp_port = IntegerField(
        "Port", [Optional(), NumberRange(1, 65535, "Please give a port from 1 to 65535.")]
    )
    smtp_user = StringField("User", [longest(200)], filters=[one_line])
    smtp_password = StringField("Password", [longest(200)], widget=PasswordInput(hide_value=False))
    mail_from = StringField("Sender of mail", [longest(200)], filters=[one_line])

    def validate_smtp_host(self, field: Field) -> None:
        """Check that the value can be a host name."""
        if any(one in (field.data or "") for one in " /@?#"):
            raise ValidationError("Please give the name of a server, such as mail.example.org.")

    def read(self, now: Mapping[str, str]) -> dict[str, str]:
        """Return the settings of these fields. An empty password keeps the stored one, for the same server and user."""
        found = {"mail_from": self.mail_from.data or ""} if "mail_from" in self else {}
        if "smtp_host" not in self:
            return found
        kept = urlsplit(now.get("smtp_url", ""))
        host, port, user = self.smtp_host.data or "", self.smtp_port.data or 587, self.smtp_user.data or ""
        password = self.smtp_password.data or ""
        if host and user and not password:
            if kept.password and (kept.hostname, kept.port, unquote(kept.username or "")) != (
                host.lower(),
                port,
                user,
            ):
                raise values.InvalidChoices({"smtp_password": PASSWORD_AGAIN})
            password = unquote(kept.password or "")
        return found | {"smtp_url": sealed_address.joined(host.lower(), port, user, password)}


def split_lines(text: str | None) -> list[str]:
    """Return the non-empty lines of a text, stripped."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def section_names_problem(text: str | None) -> str:
    """Return an error message if one of the section names, one on each line, is invalid, else ""."""
    if all(
        "," not in name and "=" not in name and len(name) <= SECTION_CHARACTERS for name in split_lines(text)
    ):
        return ""
    return f"Please keep each name to {SECTION_CHARACTERS} characters, without comma and equals sign."
