"""Forms of the setup assistant: settings that the admin of a new installation is asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from intake.settings import split_list
from intake.web.forms.fields import lines, longest
from intake.web.forms.magazine.setting_fields import (
    ChoiceForm,
    LanguagesForm,
    MailForm,
    NameForm,
    section_names_problem,
    split_lines,
)


class FirstNameForm(NameForm):
    """First question: the name of the magazine."""


class FirstLanguagesForm(LanguagesForm):
    """Second question: the languages of the contributors' pages."""


class FirstSectionsForm(ChoiceForm):
    """Third question: the sections, one on each line."""

    new_sections = TextAreaField(
        "Sections", [DataRequired("Please name at least one section."), longest(2000)], filters=[lines]
    )

    def validate_new_sections(self, field: Field) -> None:
        """Check that the names can be stored in a comma-separated list."""
        if wrong := section_names_problem(field.data):
            raise ValidationError(wrong)

    def typed(self, now: Mapping[str, str]) -> dict[str, str]:
        """Return the settings of the form. Hidden sections stay hidden, unless the form names them."""
        names = split_lines(self.new_sections.data)
        hidden = [name for name in split_list(now.get("hidden_sections", "")) if name not in names]
        return {"sections": ",".join(names), "hidden_sections": ",".join(hidden)}


class FirstMailForm(MailForm):
    """Fourth question: mail server and sender address."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._drop(
            {
                "smtp_url": ("smtp_host", "smtp_port", "smtp_user", "smtp_password"),
                "mail_from": ("mail_from",),
            }
        )


class FirstApprovalsForm(ChoiceForm):
    """Last question: sections in which two editors have to approve."""

    approvals = SelectMultipleField(
        "Sections with two approvals", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def __init__(self, sections: Iterable[str] = (), **given: Any) -> None:
        super().__init__(**given)
        self.approvals.choices = {name: name for name in sections}

    def typed(self, _now: Mapping[str, str]) -> dict[str, str]:
        """Return the setting of the form."""
        return {"two_approvals": ",".join(self.approvals.data or [])}
