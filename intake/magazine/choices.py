"""Fields of the settings that admins choose: label, value in words, and check of each."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from email.utils import parseaddr

from intake.magazine import sealed_address
from intake.settings import Settings, set_by, split_list
from intake.settings.field import SettingsError, parse
from intake.translations import interface

LABELS = {
    "magazine": "Name of the magazine",
    "logo": "Logo",
    "sections": "Sections",
    "hidden_sections": "Hidden sections",
    "form_languages": "Languages of the form",
    "two_approvals": "Sections with two approvals",
    "undo_seconds": "Time to undo a decision",
    "overdue_hours": "Overdue after",
    "draft_days": "Unsent drafts are deleted after",
    "rejected_days": "Submissions that were not accepted are deleted after",
    "spam_days": "Spam is deleted after",
    "withdrawn_days": "Withdrawn submissions are deleted at the latest after",
    "contact_days": "Contact details and messages of accepted submissions are deleted after",
    "original_days": "Unchanged photos are kept for",
    "checklists": "Checklists",
    "smtp_url": "Mail server",
    "mail_from": "Sender of mail",
    "digest_hours": "Hours of the digest",
    "hourly_budget": "Busy hour",
    "fastest_seconds": "Fastest form",
}
"""Field of Settings, or `logo` → label. Admins may choose these. All other fields can be set by environment variables only."""
UNITS = {
    "undo_seconds": "second",
    "draft_days": "day",
    "original_days": "day",
    "hourly_budget": "submission",
    "fastest_seconds": "second",
}
UNITS_BY_SECTION = {
    "overdue_hours": "hours",
    **dict.fromkeys(("rejected_days", "spam_days", "withdrawn_days", "contact_days"), "days"),
}
"""Field with one number for all sections and optional ones for single sections → unit of the numbers."""
NAME_CHARACTERS = 80
SECTION_CHARACTERS = 60
MOST_SECTIONS = 50
_FIELDS = {one.name: one for one in fields(Settings)}

Choices = Mapping[str, str]
"""Name of a field in LABELS → its value as text, in the format of its environment variable."""


@dataclass(frozen=True)
class ChoiceChange:
    """A field with its values before and after, in words."""

    name: str
    before: str
    after: str

    @property
    def label(self) -> str:
        """Name of the field, for people."""
        return LABELS[self.name]


class InvalidChoices(Exception):
    """Raised if values cannot be used. `problems` is {name of a field: sentence}."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


def default(name: str) -> str:
    """Return the default of a field as text."""
    return str(_FIELDS[name].default) if name in _FIELDS else ""


def value(choices: Choices, name: str) -> str:
    """Return the chosen text of a field, or its default."""
    return choices.get(name) or default(name)


def tidy(choices: Choices) -> dict[str, str]:
    """Return choices without the values that equal the default."""
    return {name: text for name, text in choices.items() if text and text != default(name)}


def changes(before: Choices, after: Choices) -> list[ChoiceChange]:
    """Return the fields that differ between two choices, with their values in words, in the order of LABELS."""
    return [
        ChoiceChange(name, *_different(name, before, after))
        for name in LABELS
        if value(before, name) != value(after, name)
    ]


def _different(name: str, before: Choices, after: Choices) -> tuple[str, str]:
    old, new = said(name, value(before, name)), said(name, value(after, name))
    # The mail server's address is shown without its password, so a change of the password alone needs a mention.
    return (old, f"{new}, with another password") if old == new and name == "smtp_url" else (old, new)


def said(name: str, text: str) -> str:
    """Return a value in words, such as `30 seconds`. Never a password."""
    if name in UNITS:
        return f"{text} {UNITS[name]}{'' if text == '1' else 's'}"
    if name == "smtp_url":
        return sealed_address.described(text)
    if name == "logo":
        return f"picture {text[:8]}" if text else "none"
    if name == "form_languages":
        return ", ".join(interface.NAMES.get(code, code) for code in split_list(text)) or "all"
    if name in UNITS_BY_SECTION:
        unit = UNITS_BY_SECTION[name]
        general, *single = split_list(text)
        return ", ".join([f"{general} {unit}", *(" ".join(part.split("=")) + f" {unit}" for part in single)])
    if name == "checklists":
        return text or "none"
    return ", ".join(split_list(text)) or "none" if name != "magazine" else text


def check(choices: Choices) -> None:
    """Raise InvalidChoices if a value cannot be used. The address of the mail server must be in clear."""
    problems = {}
    for name, text in choices.items():
        if text and (found := _problem(name, text)):
            problems[name] = found
    if "sections" in choices and not split_list(choices["sections"]):
        problems["sections"] = "Please keep at least one section that contributors can choose."
    names = split_list(choices.get("sections", "")) + split_list(choices.get("hidden_sections", ""))
    if len({name.casefold() for name in names}) < len(names):
        problems.setdefault("sections", "Please name each section once.")
    if problems:
        raise InvalidChoices(problems)


def _problem(name: str, text: str) -> str:
    if any(unicodedata.category(one) in {"Cc", "Cs"} for one in text):
        return "Please use one line without control characters."
    if name in _FIELDS:
        try:
            parse(_FIELDS[name].metadata, text, _FIELDS[name].type)
        except SettingsError:
            return f"Please give {_FIELDS[name].metadata['wanted']}."
    return _CHECKS[name](text) if name in _CHECKS else ""


def _name_problem(text: str) -> str:
    return f"Please keep the name to {NAME_CHARACTERS} characters." if len(text) > NAME_CHARACTERS else ""


def _sections_problem(text: str) -> str:
    names = split_list(text)
    if any("=" in name or len(name) > SECTION_CHARACTERS for name in names):
        return f"Please keep each name to {SECTION_CHARACTERS} characters, without comma and equals sign."
    return f"Please keep to {MOST_SECTIONS} sections." if len(names) > MOST_SECTIONS else ""


def _languages_problem(text: str) -> str:
    unknown = set(split_list(text)).difference(interface.INTERFACE)
    return f"There are no pages in {', '.join(sorted(unknown))}." if unknown else ""


def _hours_problem(text: str) -> str:
    return "" if all(int(hour) < 24 for hour in split_list(text)) else "Please give hours from 0 to 23."


def _overdue_problem(text: str) -> str:
    numbers = [part.rpartition("=")[2] for part in split_list(text)]
    return "" if all(1 <= int(one) <= 9999 for one in numbers) else "Please give hours from 1 to 9999."


def _sender_problem(text: str) -> str:
    name, _, host = parseaddr(text)[1].rpartition("@")
    return "" if name and host and " " not in name + host else "Please give an e-mail address."


_CHECKS = {
    "magazine": _name_problem,
    "sections": _sections_problem,
    "hidden_sections": _sections_problem,
    "form_languages": _languages_problem,
    "digest_hours": _hours_problem,
    "overdue_hours": _overdue_problem,
    "mail_from": _sender_problem,
}


def open_names() -> list[str]:
    """Return the fields that no environment variable of this machine sets."""
    return [name for name in LABELS if not set_by(name)]
