"""Fields, limits and checks that several forms share. Messages say what to do."""

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
# A browser sends y; a program may say yes in its own way. Anything else, "no" included, is no consent.
YES = frozenset({"y", "yes", "true", "on", "1"})


def longest(characters: int) -> Length:
    """No more than so many characters."""
    return Length(max=characters, message=f"Please keep this to {characters} characters.")


def seen(message: str) -> Callable[[Any, Field], None]:
    """Refuse a line of which cleaning would leave nothing, such as one zero-width space."""

    def check(_form: Any, field: Field) -> None:
        if not clean_line((field.data or "")[:LINE_CHARACTERS]):
            raise ValidationError(message)

    return check


def one_line(typed: str | None) -> str | None:
    """A name as it may be stored: PostgreSQL takes no NUL, and nobody should be called U+202E."""
    # Of a megabyte, which takes a second to clean, enough is left to be refused as too long.
    return clean_line(typed[: 2 * LINE_CHARACTERS]) if typed else typed


def lines(typed: str | None) -> str | None:
    """Several lines, as they may be stored."""
    return clean_body(typed, format="plain").text if typed else typed


class YesField(BooleanField):
    """A box that only a clear yes ticks."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """WTForms would take `no` and `0` for yes."""
        self.data = bool(valuelist) and valuelist[0].lower() in YES


def version_field() -> IntegerField:
    """The version of the submission that the page showed."""
    return IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired("Load the page again: it does not say what it shows.")],
    )


class VersionForm(FlaskForm):
    """Nothing but the version."""

    version = version_field()
