"""Form of all settings that admins choose, and the values that it shows."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from intake.crypto import KeyFault
from intake.magazine import choices as values
from intake.magazine import sealed_address
from intake.settings import set_by, split_list
from intake.translations import interface
from intake.web.forms.fields import YesField, lines, longest, one_line
from intake.web.forms.setting_fields import (
    NO_NUMBER,
    LanguagesForm,
    MailForm,
    NameForm,
    number,
    section_names_problem,
    split_lines,
)

STATES = {"offered": "Offered", "hidden": "Hidden", "removed": "Remove"}


class SectionForm(Form):
    """Row of a section. `count` is the number of submissions in it."""

    name = HiddenField()
    place = IntegerField("Place", [Optional(), NumberRange(1, 99, "Please give a place from 1 to 99.")])
    state = SelectField("Contributors", choices=STATES)
    two = YesField("Two approvals")
    hours = IntegerField(
        "Overdue after", [Optional(), NumberRange(1, 9999, "Please give hours from 1 to 9,999.")]
    )


class SettingsForm(NameForm, LanguagesForm, MailForm):
    """All choices."""

    sections = FieldList(FormField(SectionForm), max_entries=200)
    new_sections = TextAreaField("More sections", [longest(2000)], filters=[lines])
    overdue = number("Overdue after", 1, 9999)
    undo_seconds = number("Time to undo a decision", 0, 9999)
    draft_days = number("Delete unsent drafts after", 1, 999)
    digest_hours = StringField(
        "Hours of the digest", [InputRequired(NO_NUMBER), longest(100)], filters=[one_line]
    )
    hourly_budget = number("Busy hour", 1, 1_000_000)
    fastest_seconds = number("Fastest form", 0, 999)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        own = (
            "undo_seconds",
            "draft_days",
            "digest_hours",
            "hourly_budget",
            "fastest_seconds",
            "magazine",
            "mail_from",
        )
        if set_by("sections"):
            self._lock_rows()
        self._drop(
            {name: (name,) for name in own}
            | {"form_languages": ("languages",), "sections": ("new_sections",), "overdue_hours": ("overdue",)}
            | {"smtp_url": ("smtp_host", "smtp_port", "smtp_user", "smtp_password")}
        )

    def _lock_rows(self) -> None:
        """Let the rows be without the fields that the page does not show, if the machine sets the sections."""
        for row in self.sections:
            row.form.state.validate_choice = False

    def typed(self, now: Mapping[str, str]) -> dict[str, str]:
        """Return the choices of the form as text."""
        found = {**super().typed(now), **self._sections()}
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
        if wrong := section_names_problem(field.data):
            raise ValidationError(wrong)


def data(now: Mapping[str, str], number: int) -> dict[str, Any]:
    """Return what the forms show for choices that count now, as text. `number` is their version."""
    general, *single = split_list(now["overdue_hours"])
    hours = {part.partition("=")[0].strip(): int(part.partition("=")[2]) for part in single}
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
        **{
            name: int(now[name])
            for name in ("undo_seconds", "draft_days", "hourly_budget", "fastest_seconds")
        },
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
    return {**found, **machine}
