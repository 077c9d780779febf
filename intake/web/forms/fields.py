"""Fields, limits and checks that several forms share."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, StringField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import DateTimeLocalInput, HiddenInput

from intake.review.revision_fields import utc_minute
from intake.text import clean_body, clean_line

TITLE_CHARACTERS = 300
LINE_CHARACTERS = 300
CAPTION_CHARACTERS = 1000
NOTE_CHARACTERS = 2000
LETTER_CHARACTERS = 5000
PASSWORD_CHARACTERS = 12
NO_MOMENT = "Please give a day and a time in UTC, such as 2027-03-01 18:30."
TAGS, TAG_CHARACTERS = 20, 50
_COMMAS = re.compile(r"[,،、，;\n]")
# Values that mean yes. A browser sends y, programs send others. Anything else is no consent.
YES = frozenset({"y", "yes", "true", "on", "1"})


def longest(characters: int) -> Length:
    """Return a check for a largest number of characters."""
    return Length(max=characters, message=f"Please keep this to {characters} characters.")


def seen(message: str) -> Callable[[Any, Field], None]:
    """Return a check that refuses a line which cleaning would empty, such as one zero-width space."""

    def check(_form: Any, field: Field) -> None:
        if not clean_line((field.data or "")[:LINE_CHARACTERS]):
            raise ValidationError(message)

    return check


def one_line(typed: str | None) -> str | None:
    """Clean a line. Removes NUL, which PostgreSQL refuses, and control characters such as U+202E."""
    # Cleaning a megabyte takes a second. The cut line is still long enough to be refused.
    return clean_line(typed[: 2 * LINE_CHARACTERS]) if typed else typed


def lines(typed: str | None) -> str | None:
    """Clean a text of several lines."""
    return clean_body(typed, format="plain").text if typed else typed


class LineField(StringField):
    """A line of words in any script. `value` is the cleaned line."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [longest(LINE_CHARACTERS)], render_kw={"dir": "auto"}, **kwargs)

    @staticmethod
    def typed(value: str) -> str:
        """Return the text that an editor would type for `value`."""
        return value

    @property
    def value(self) -> str:
        """The line, cleaned."""
        return clean_line(self.data or "")


class TagsField(StringField):
    """Tags with commas between them. `value` has each tag once."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        longest_line = longest(2 * TAGS * TAG_CHARACTERS)
        super().__init__(label, [longest_line], render_kw={"dir": "auto"}, **kwargs)

    def pre_validate(self, _form: BaseForm) -> None:
        """Check the number and the lengths of tags."""
        if problem := tags_problem(self.value):
            raise ValidationError(problem)

    @staticmethod
    def typed(value: tuple[str, ...]) -> str:
        """Return the text that an editor would type for `value`."""
        return ", ".join(value)

    @property
    def value(self) -> tuple[str, ...]:
        """The tags, cleaned."""
        return tags_of(self.data or "")


class MomentField(StringField):
    """A day and a time in UTC. `data` is the text as it was typed, `value` the time in whole minutes."""

    widget = DateTimeLocalInput()

    def pre_validate(self, _form: BaseForm) -> None:
        """A time that can be read, and is no mistake."""
        try:
            moment_of(self.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None

    @staticmethod
    def typed(value: datetime | None) -> str:
        """Return the text that a browser's field for a day and a time has for `value`."""
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M}" if value else ""

    @property
    def value(self) -> datetime | None:
        """The time, or None if nothing was typed that can be read."""
        with suppress(ValueError):
            return moment_of(self.data or "")
        return None

    @property
    def now(self) -> datetime:
        """Present time, for a hint that shows what UTC means."""
        return datetime.now(UTC)


def moment_of(typed: str) -> datetime | None:
    """Read a time, in UTC unless it has a zone. None for an empty text. Raises ValueError with a sentence."""
    if not typed.strip():
        return None
    try:
        at = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise ValueError(NO_MOMENT) from None
    return utc_minute(at if at.tzinfo else at.replace(tzinfo=UTC))


# Kind of a field of a revision → its field in a form. Sections and languages are choices of the form itself.
FIELD_KINDS: dict[str, type[LineField | TagsField | MomentField]] = {
    "line": LineField,
    "tags": TagsField,
    "moment": MomentField,
}


def value_of(field: Field) -> Any:
    """Return the cleaned value of a field that has one, else the text that was typed or the field's default."""
    return field.value if hasattr(field, "value") else field.data or field.default or ""


def tags_of(typed: str) -> tuple[str, ...]:
    """Parse tags separated by commas of any script. Duplicates that differ only in case are dropped."""
    kept: dict[str, str] = {}
    for tag in filter(None, map(clean_line, _COMMAS.split(typed))):
        kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def tags_problem(tags: tuple[str, ...]) -> str:
    """Return advice if there are too many tags or a tag is too long, else ""."""
    fit = len(tags) <= TAGS and all(len(tag) <= TAG_CHARACTERS for tag in tags)
    return "" if fit else f"Up to {TAGS} tags, of {TAG_CHARACTERS} characters each."


class YesField(BooleanField):
    """Checkbox that only a value of YES ticks."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Parse the value. WTForms would accept `no` and `0` as yes."""
        self.data = bool(valuelist) and valuelist[0].lower() in YES


def version_field() -> IntegerField:
    """Return a hidden field with the version of the submission that the page showed."""
    return IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired("The request has no version. Reload the page and try again.")],
    )


class VersionForm(FlaskForm):
    """Form with only the version of a submission."""

    version = version_field()
