"""Forms of the settings that admins choose: one for the page, and one for each question of the assistant."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget, PasswordInput

from intake.crypto import KeyFault
from intake.magazine import choices as values
from intake.magazine import sealed_address
from intake.magazine.choices import NAME_CHARACTERS, SECTION_CHARACTERS
from intake.settings import set_by, split_list
from intake.translations import interface
from intake.web.forms.fields import YesField, lines, longest, one_line

STATES = {"offered": "Offered", "hidden": "Hidden", "removed": "Remove"}
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
}
"""Name of a choice → field of the form that shows its problem, where they differ."""


def number(label: str, least: int, most: int) -> IntegerField:
    """Return a required field for a whole number."""
    wrong = f"Please give a number from {least} to {most:,}."
    return IntegerField(label, [InputRequired(NO_NUMBER), NumberRange(least, most, wrong)])


class ChoiceForm(FlaskForm):
    """Form with choices. Fields that the machine sets are not in it. `version` is the number of the version that was changed."""

    version = IntegerField(widget=HiddenInput())

    def show(self, problems: Mapping[str, str]) -> None:
        """Put problems of choices beside their fields."""
        for name, sentence in problems.items():
            field = self._fields.get(FIELD_OF.get(name, name))
            if field is None:
                self.form_errors.append(sentence)
            elif not field.errors:
                field.errors = [sentence]

    def typed(self, now: Mapping[str, str]) -> dict[str, str]:
        """Return the choices of the form as text. `now` has the present ones, see `present`."""
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
        """Return the choices of these fields."""
        return {"magazine": self.magazine.data or ""} if "magazine" in self else {}


class LanguagesForm(ChoiceForm):
    """Languages in which contributors' pages are offered."""

    languages = SelectMultipleField(
        "Languages of the form",
        [DataRequired(NO_LANGUAGE)],
        choices=list(interface.NAMES.items()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def read(self, _now: Mapping[str, str]) -> dict[str, str]:
        """Return the choices of these fields. All languages are "", so that later ones are among them."""
        if "languages" not in self:
            return {}
        chosen = self.languages.data or []
        return {"form_languages": "" if len(chosen) == len(interface.NAMES) else ",".join(chosen)}


class MailForm(ChoiceForm):
    """Mail server, and sender of mail."""

    smtp_host = StringField("Mail server", [longest(200)], filters=[one_line])
    smtp_port = IntegerField("Port", [Optional(), NumberRange(1, 65535, "Please give a port from 1 to 65535.")])
    smtp_user = StringField("User", [longest(200)], filters=[one_line])
    smtp_password = StringField("Password", [longest(200)], widget=PasswordInput(hide_value=False))
    mail_from = StringField("Sender of mail", [longest(200)], filters=[one_line])

    def validate_smtp_host(self, field: Field) -> None:
        """Check that the name of the server is one."""
        if any(one in (field.data or "") for one in " /@?#"):
            raise ValidationError("Please give the name of a server, such as mail.example.org.")

    def read(self, now: Mapping[str, str]) -> dict[str, str]:
        """Return the choices of these fields. An empty password keeps the present one."""
        found = {"mail_from": self.mail_from.data or ""} if "mail_from" in self else {}
        if "smtp_host" not in self:
            return found
        kept = urlsplit(now.get("smtp_url", ""))
        host, port, user = self.smtp_host.data or "", self.smtp_port.data or 587, self.smtp_user.data or ""
        password = self.smtp_password.data or ""
        if user and not password:
            if kept.password and (kept.hostname, kept.port, unquote(kept.username or "")) != (host.lower(), port, user):
                raise values.InvalidChoices({"smtp_password": PASSWORD_AGAIN})
            password = unquote(kept.password or "")
        return found | {"smtp_url": sealed_address.joined(host.lower(), port, user, password)}


class SectionForm(Form):
    """Row of a section. `count` is the number of submissions in it."""

    name = HiddenField()
    place = IntegerField("Place", [Optional(), NumberRange(1, 99, "Please give a place from 1 to 99.")])
    state = SelectField("Contributors", choices=list(STATES.items()))
    two = YesField("Two approvals")
    hours = IntegerField("Overdue after", [Optional(), NumberRange(1, 9999, "Please give hours from 1 to 9,999.")])


class SettingsForm(NameForm, LanguagesForm, MailForm):
    """All choices."""

    sections = FieldList(FormField(SectionForm), max_entries=200)
    new_sections = TextAreaField("More sections", [longest(2000)], filters=[lines])
    overdue = number("Overdue after", 1, 9999)
    undo_seconds = number("Time to undo a decision", 0, 9999)
    draft_days = number("Delete unsent drafts after", 1, 999)
    digest_hours = StringField("Hours of the digest", [InputRequired(NO_NUMBER), longest(100)], filters=[one_line])
    hourly_budget = number("Busy hour", 1, 1_000_000)
    fastest_seconds = number("Fastest form", 0, 999)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        own = ("undo_seconds", "draft_days", "digest_hours", "hourly_budget", "fastest_seconds", "magazine", "mail_from")
        self._drop(
            {name: (name,) for name in own}
            | {"form_languages": ("languages",), "sections": ("new_sections",), "overdue_hours": ("overdue",)}
            | {"smtp_url": ("smtp_host", "smtp_port", "smtp_user", "smtp_password")}
        )

    def typed(self, now: Mapping[str, str]) -> dict[str, str]:
        """Return the choices of the form as text."""
        found = super().typed(now) | self._sections()
        for name in ("undo_seconds", "draft_days", "digest_hours", "hourly_budget", "fastest_seconds"):
            if name in self:
                found[name] = str(self[name].data)
        return found

    def _sections(self) -> dict[str, str]:
        rows = sorted(
            ({"at": number, **row} for number, row in enumerate(self.sections.data)),
            key=lambda row: (row["place"] or 100, row["at"]),
        )
        found = {
            "two_approvals": ",".join(row["name"] for row in rows if row["two"] and row["state"] != "removed")
        }
        if "new_sections" in self:
            offered = [row["name"] for row in rows if row["state"] == "offered"]
            offered += [name.strip() for name in split_lines(self.new_sections.data)]
            found["sections"] = ",".join(offered)
            found["hidden_sections"] = ",".join(row["name"] for row in rows if row["state"] == "hidden")
        if "overdue" in self:
            single = [f"{row['name']}={row['hours']}" for row in rows if row["hours"]]
            found["overdue_hours"] = ",".join([str(self.overdue.data), *single])
        return found

    def validate_new_sections(self, field: Field) -> None:
        """Check that the new names can be in a list."""
        names = split_lines(field.data)
        if any("," in name or "=" in name or len(name) > SECTION_CHARACTERS for name in names):
            raise ValidationError(
                f"Please keep each name to {SECTION_CHARACTERS} characters, without comma and equals sign."
            )


class FirstNameForm(NameForm):
    """First question: the name."""


class FirstLanguagesForm(LanguagesForm):
    """Second question: the languages."""


class FirstSectionsForm(ChoiceForm):
    """Third question: the sections, one on each line."""

    new_sections = TextAreaField(
        "Sections", [DataRequired("Please name at least one section."), longest(2000)], filters=[lines]
    )
    validate_new_sections = SettingsForm.validate_new_sections

    def typed(self, _now: Mapping[str, str]) -> dict[str, str]:
        """Return the choice. Hidden sections stay hidden, unless they are named."""
        names = split_lines(self.new_sections.data)
        hidden = [name for name in split_list(_now.get("hidden_sections", "")) if name not in names]
        return {"sections": ",".join(names), "hidden_sections": ",".join(hidden)}


class FirstMailForm(MailForm):
    """Fourth question: mail."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._drop(
            {"smtp_url": ("smtp_host", "smtp_port", "smtp_user", "smtp_password"), "mail_from": ("mail_from",)}
        )


class FirstApprovalsForm(ChoiceForm):
    """Last question: sections in which two editors have to approve."""

    approvals = SelectMultipleField(
        "Sections with two approvals", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def __init__(self, sections: Iterable[str] = (), **given: Any) -> None:
        super().__init__(**given)
        self.approvals.choices = [(name, name) for name in sections]

    def typed(self, _now: Mapping[str, str]) -> dict[str, str]:
        """Return the choice."""
        return {"two_approvals": ",".join(self.approvals.data or [])}


def split_lines(text: str | None) -> list[str]:
    """Return the lines of a text that are not empty."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def data(now: Mapping[str, str], number: int) -> dict[str, Any]:
    """Return what the forms show for choices that count now, as text. `number` is their version."""
    general, *single = split_list(now["overdue_hours"])
    hours = dict(part.split("=", 1) for part in single)
    hours = {name.strip(): int(one) for name, one in hours.items()}
    two, offered = split_list(now["two_approvals"]), split_list(now["sections"])
    hidden = [name for name in split_list(now["hidden_sections"]) if name not in offered]
    rows = [
        {
            "name": name,
            "place": place if name in offered else None,
            "state": "offered" if name in offered else "hidden",
            "two": name in two,
            "hours": hours.get(name),
        }
        for place, name in enumerate([*offered, *hidden], 1)
    ]
    return {
        **_mail(now["smtp_url"]),
        **{name: now[name] for name in ("magazine", "mail_from", "digest_hours")},
        **{name: int(now[name]) for name in ("undo_seconds", "draft_days", "hourly_budget", "fastest_seconds")},
        "languages": split_list(now["form_languages"]) or list(interface.INTERFACE),
        "sections": rows,
        "overdue": int(general),
        "approvals": two,
        "version": number,
    }


def _mail(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if not parts.hostname:
        return {"smtp_port": 587}
    port = parts.port or (465 if parts.scheme == "smtps" else 587)
    return {"smtp_host": parts.hostname, "smtp_port": port, "smtp_user": unquote(parts.username or "")}


def present(choices: Mapping[str, str], machine: Mapping[str, str]) -> dict[str, str]:
    """Return name of a choice → the text that counts now, the address of the mail server in clear.

    `machine` has the texts of the fields that an environment variable sets.
    """
    found = {name: values.value(choices, name) for name in values.LABELS}
    try:
        found["smtp_url"] = sealed_address.opened(choices.get("smtp_url", ""))
    except KeyFault:
        found["smtp_url"] = ""
    return found | machine
