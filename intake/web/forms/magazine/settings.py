"""Form of all settings that admins can change, and the values that the form shows."""

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

from intake import checklists, retention
from intake.crypto import KeyFault
from intake.magazine import choices as values
from intake.magazine import sealed_address
from intake.originals import MOST_DAYS
from intake.settings import set_by, split_list
from intake.translations import interface
from intake.web.forms.fields import YesField, lines, longest, one_line
from intake.web.forms.magazine.setting_fields import (
    NO_NUMBER,
    LanguagesForm,
    MailForm,
    NameForm,
    number,
    section_names_problem,
    split_lines,
)

STATES = {"offered": "Offered", "hidden": "Hidden", "removed": "Remove"}

BY_SECTION = {
    "overdue_hours": ("overdue", "hours"),
    "rejected_days": ("rejected_days", "rejected"),
    "spam_days": ("spam_days", "spam"),
    "withdrawn_days": ("withdrawn_days", "withdrawn"),
    "contact_days": ("contact_days", "contact"),
}
"""Setting → form field with the value for all sections, and field in the row of one section."""
CHECKLIST_CHARACTERS = 600


def own_days(label: str) -> IntegerField:
    """Return a field for a retention period of one section, in days."""
    return IntegerField(label, [Optional(), NumberRange(1, 9999, "Please give days from 1 to 9,999.")])


class SectionForm(Form):
    """Row of a section. `count` is the number of submissions in it."""

    name = HiddenField()
    place = IntegerField("Place", [Optional(), NumberRange(1, 99, "Please give a place from 1 to 99.")])
    state = SelectField("Contributors", choices=STATES)
    two = YesField("Two approvals")
    hours = IntegerField(
        "Overdue after", [Optional(), NumberRange(1, 9999, "Please give hours from 1 to 9,999.")]
    )
    rejected = own_days("Not accepted")
    spam = own_days("Spam")
    withdrawn = own_days("Withdrawn")
    contact = own_days("Contact and messages")
    checklist = StringField("Checklist", [longest(CHECKLIST_CHARACTERS)], filters=[one_line])

    def validate_checklist(self, field: Field) -> None:
        """Check that points and section name contain no separators of the stored setting."""
        if set(";=").intersection(field.data or ""):
            raise ValidationError("Please write points without semicolon and equals sign.")
        if field.data and (";" in (self.name.data or "") or self.name.data == checklists.OTHERS):
            raise ValidationError("A section with this name cannot have a checklist.")

    @property
    def has_own(self) -> bool:
        """Return whether the row has a checklist or retention periods of its own, valid or not."""
        more = (self.rejected, self.spam, self.withdrawn, self.contact, self.checklist)
        return any(field.data or field.errors for field in more)


class SettingsForm(NameForm, LanguagesForm, MailForm):
    """Form of all settings that admins can change."""

    sections = FieldList(FormField(SectionForm), max_entries=200)
    new_sections = TextAreaField("More sections", [longest(2000)], filters=[lines])
    overdue = number("Overdue after", 1, 9999)
    undo_seconds = number("Time to undo a decision", 0, 9999)
    draft_days = number("Delete unsent drafts after", 1, 999)
    rejected_days = number("Delete submissions that were not accepted after", 1, 9999)
    spam_days = number("Delete spam after", 1, 9999)
    withdrawn_days = number("Delete withdrawn submissions at the latest after", 1, 9999)
    contact_days = number("Delete contact and messages of accepted submissions after", 1, 9999)
    original_days = number("Keep unchanged photos for", 0, MOST_DAYS)
    checklist_others = StringField(
        "Checklist of all other sections", [longest(CHECKLIST_CHARACTERS)], filters=[one_line]
    )
    deletes = HiddenField()
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
            "original_days",
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
            | {
                "form_languages": ("languages",),
                "sections": ("new_sections",),
                "checklists": ("checklist_others",),
            }
            | {choice: (field,) for choice, (field, _) in BY_SECTION.items()}
            | {"smtp_url": ("smtp_host", "smtp_port", "smtp_user", "smtp_password")}
        )

    def _lock_rows(self) -> None:
        """Accept rows without `state`: the page does not show it if an environment variable sets the sections."""
        for row in self.sections:
            row.form.state.validate_choice = False

    def typed(self, now: Mapping[str, str]) -> dict[str, str]:
        """Return the settings of the form as text."""
        found = {**super().typed(now), **self._sections()}
        for name in (
            "undo_seconds",
            "draft_days",
            "original_days",
            "digest_hours",
            "hourly_budget",
            "fastest_seconds",
        ):
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
        for choice, (field, column) in BY_SECTION.items():
            if field in self:
                single = [f"{row['name']}={row[column]}" for row in rows if row[column]]
                found[choice] = ",".join([str(self[field].data), *single])
        if "checklist_others" in self:
            listed = {row["name"]: row["checklist"] for row in rows if row["state"] != "removed"}
            found["checklists"] = checklists.joined(
                {**listed, checklists.OTHERS: self.checklist_others.data or ""}
            )
        return found

    def validate_checklist_others(self, field: Field) -> None:
        """Check that the points contain no separators of the stored setting."""
        if set(";=").intersection(field.data or ""):
            raise ValidationError("Please write points without semicolon and equals sign.")

    def validate_new_sections(self, field: Field) -> None:
        """Check that the new names can be stored in a comma-separated list."""
        if wrong := section_names_problem(field.data):
            raise ValidationError(wrong)


def data(now: Mapping[str, str], number: int) -> dict[str, Any]:
    """Return the form data for the current settings `now`, given as text. `number` is their version."""
    numbers = {choice: retention.parsed(now[choice]) for choice in BY_SECTION}
    listed = checklists.by_section(now["checklists"])
    two, offered = split_list(now["two_approvals"]), split_list(now["sections"])
    hidden = [name for name in split_list(now["hidden_sections"]) if name not in offered]
    rows = [
        {
            "name": name,
            "place": place if name in offered else None,
            "state": "offered" if name in offered else "hidden",
            "two": name in two,
            "checklist": listed.get(name, ""),
            **{column: numbers[choice].get(name) for choice, (_, column) in BY_SECTION.items()},
        }
        for place, name in enumerate([*offered, *hidden], 1)
    ]
    return {
        **_mail(now["smtp_url"]),
        **{name: now[name] for name in ("magazine", "mail_from", "digest_hours")},
        **{
            name: int(now[name])
            for name in ("undo_seconds", "draft_days", "original_days", "hourly_budget", "fastest_seconds")
        },
        "languages": split_list(now["form_languages"]) or list(interface.INTERFACE),
        "sections": rows,
        "checklist_others": listed.get(checklists.OTHERS, ""),
        **{field: numbers[choice][retention.OTHERS] for choice, (field, _) in BY_SECTION.items()},
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
    """Return setting → current value as text. The URL of the mail server is decrypted.

    `machine` has the texts of the fields that an environment variable sets.
    """
    found = {name: values.value(choices, name) for name in values.LABELS}
    try:
        found["smtp_url"] = sealed_address.opened(choices.get("smtp_url", ""))
    except KeyFault:
        found["smtp_url"] = ""
    return {**found, **machine}
