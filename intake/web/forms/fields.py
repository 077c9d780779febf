"""Fields, limits and checks that several forms share."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from intake.text import clean_body, clean_line

TITLE_CHARACTERS = 300
LINE_CHARACTERS = 300
CAPTION_CHARACTERS = 1000
NOTE_CHARACTERS = 2000
LETTER_CHARACTERS = 5000
PASSWORD_CHARACTERS = 12
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
