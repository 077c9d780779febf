"""Fields, limits and checks that several forms share."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext, lazy_ngettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, StringField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import DateTimeLocalInput, HiddenInput

from intake.plurals import desk_noop, gettext_noop
from intake.review.revision_fields import utc_minute
from intake.text import clean_line, clean_lines
from intake.web.language import gettext

TITLE_CHARACTERS = 300
LINE_CHARACTERS = 300
CAPTION_CHARACTERS = 1000
NOTE_CHARACTERS = 2000
LETTER_CHARACTERS = 5000
NO_MOMENT = gettext_noop("Please give a day and a time in UTC, such as 2027-03-01 18:30.")
TAGS, TAG_CHARACTERS = 20, 50
TAG_LIMITS = desk_noop("Up to %(count)s tags, of %(characters)s characters each.")
NO_VERSION = desk_noop("The request has no version. Reload the page and try again.")
_COMMAS = re.compile(r"[,،、，;\n]")
# Values of a checkbox that mean yes. Browsers send `y`, API clients may send the others.
YES = frozenset({"y", "yes", "true", "on", "1"})


def longest(characters: int) -> Length:
    """Return a validator for the largest number of characters."""
    return Length(max=characters, message=too_many_characters(characters))


def too_many_characters(most: int) -> LazyString:
    """Return the error message of a text with more characters than `most`."""
    return lazy_ngettext(
        "Please keep this to %(num)s character.", "Please keep this to %(num)s characters.", most
    )


def seen(message: str | LazyString) -> Callable[[Any, Field], None]:
    """Return a validator that refuses a text without visible characters, such as a zero-width space."""

    def check(_form: Any, field: Field) -> None:
        if not clean_line((field.data or "")[:LINE_CHARACTERS]):
            raise ValidationError(message)

    return check


def one_line(typed: str | None) -> str | None:
    """Clean a line. Removes NUL, which PostgreSQL refuses, and control characters such as U+202E."""
    # Cut first, because cleaning a megabyte takes a second. The cut line still exceeds its field's limit.
    return clean_line(typed[: 2 * LINE_CHARACTERS]) if typed else typed


def lines(typed: str | None) -> str | None:
    """Clean a plain text of several lines."""
    return clean_lines(typed) if typed else typed


class LineField(StringField):
    """Field for one line of text in any script. `value` is the cleaned line."""

    def __init__(self, label: str | LazyString, **kwargs: Any) -> None:
        super().__init__(label, [longest(LINE_CHARACTERS)], render_kw={"dir": "auto"}, **kwargs)

    @staticmethod
    def typed(value: str) -> str:
        """Return the text that an editor would type for `value`."""
        return value

    @property
    def value(self) -> str:
        """Cleaned line."""
        return clean_line(self.data or "")


class TagsField(StringField):
    """Field for tags separated by commas. `value` contains each tag once."""

    def __init__(self, label: str | LazyString, **kwargs: Any) -> None:
        longest_line = longest(2 * TAGS * TAG_CHARACTERS)
        super().__init__(label, [longest_line], render_kw={"dir": "auto"}, **kwargs)

    def pre_validate(self, _form: BaseForm) -> None:
        """Check the number and the lengths of the tags."""
        if problem := tags_problem(self.value):
            raise ValidationError(problem)

    @staticmethod
    def typed(value: tuple[str, ...]) -> str:
        """Return the tags as an editor would type them."""
        return ", ".join(value)

    @property
    def value(self) -> tuple[str, ...]:
        """Cleaned tags, each once."""
        return tags_of(self.data or "")


class MomentField(StringField):
    """Field for a date and time in UTC.

    `data` is the typed text, `value` the time, rounded up to a whole minute.
    """

    widget = DateTimeLocalInput()

    def pre_validate(self, _form: BaseForm) -> None:
        """Check that the text is empty or a plausible date and time. Raises ValidationError."""
        try:
            moment_of(self.data or "")
        except ValueError as error:
            raise ValidationError(gettext(str(error))) from None

    @staticmethod
    def typed(value: datetime | None) -> str:
        """Return `value` in the format of a browser's `datetime-local` field."""
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M}" if value else ""

    @property
    def value(self) -> datetime | None:
        """The time, or None if the text is empty or the time is invalid or implausible."""
        with suppress(ValueError):
            return moment_of(self.data or "")
        return None

    @property
    def now(self) -> datetime:
        """Present time in UTC. The form shows it beside the field."""
        return datetime.now(UTC)


def moment_of(typed: str) -> datetime | None:
    """Parse a time, in UTC if it has no time zone. Returns None for an empty text.

    Raises ValueError with an error message for an invalid or implausible time.
    """
    if not typed.strip():
        return None
    try:
        at = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise ValueError(NO_MOMENT) from None
    return utc_minute(at if at.tzinfo else at.replace(tzinfo=UTC))


# Kind of a revision's field → class of the form field. Sections and languages are select boxes in EditForm.
FIELD_KINDS: dict[str, type[LineField | TagsField | MomentField]] = {
    "line": LineField,
    "tags": TagsField,
    "moment": MomentField,
}


def value_of(field: Field) -> Any:
    """Return the cleaned `value` of a field.

    A field without `value` gives the typed text, else its default.
    """
    return field.value if hasattr(field, "value") else field.data or field.default or ""


def tags_of(typed: str) -> tuple[str, ...]:
    """Parse tags separated by commas of any script. Duplicates that differ only in case are dropped."""
    kept: dict[str, str] = {}
    for tag in filter(None, map(clean_line, _COMMAS.split(typed))):
        kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def tags_problem(tags: tuple[str, ...]) -> str:
    """Return an error message if there are too many tags or a tag is too long, else ""."""
    fit = len(tags) <= TAGS and all(len(tag) <= TAG_CHARACTERS for tag in tags)
    return "" if fit else gettext(TAG_LIMITS, count=TAGS, characters=TAG_CHARACTERS)


class YesField(BooleanField):
    """Checkbox field. Only the values in YES count as ticked."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Parse the submitted value. WTForms itself would treat `no` and `0` as ticked."""
        self.data = bool(valuelist) and valuelist[0].lower() in YES


def version_field() -> IntegerField:
    """Return a hidden field with the version of the submission that the page showed."""
    return IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired(lazy_gettext(NO_VERSION))],
    )


DESPITE_CHARACTERS = 1000


def despite_field(label: LazyString) -> StringField:
    """Return a field for the reason to accept or publish although checklist points are open."""
    return StringField(label, [longest(DESPITE_CHARACTERS)], filters=[one_line])


class VersionForm(FlaskForm):
    """Form with only the version of the submission that the page showed."""

    version = version_field()
