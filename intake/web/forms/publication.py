"""Forms of a publication: its address, corrections, a retraction, and the source of a translation."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from intake.web.forms.fields import (
    LINE_CHARACTERS,
    NOTE_CHARACTERS,
    despite_field,
    lines,
    longest,
    one_line,
    seen,
    version_field,
)

URL_CHARACTERS = 2000
NO_ADDRESS = lazy_gettext(
    "Please give the whole address, such as https://example.org/news/1, or leave it empty."
)


class AddressForm(FlaskForm):
    """Form with the URL of a publication. It is empty if there is none, as in print."""

    version = version_field()
    url = StringField(
        lazy_gettext("Published at"), [longest(URL_CHARACTERS)], filters=[lambda typed: (typed or "").strip()]
    )

    def validate_url(self, field: Field) -> None:
        """Check that the URL is empty or HTTP(S).

        Pages link to it, and a `javascript:` link would run a script.
        """
        if field.data and not is_of_the_web(field.data):
            raise ValidationError(NO_ADDRESS)


class PublicationForm(AddressForm):
    """Form to mark a submission as published. `despite` is the reason to publish although checklist points are open."""

    despite = despite_field(lazy_gettext("Publish although points are open: why?"))


NO_CORRECTION = lazy_gettext("Please write what was corrected.")
NO_REASON = lazy_gettext("Please write why it is retracted. Only the desk reads it.")
NO_DAY = lazy_gettext("Please give the day of the correction, such as 2027-03-01.")
NOT_YET = lazy_gettext("Please give a day that is not in the future.")
NO_SOURCE = lazy_gettext("Please give the number or the address of the source.")


def is_in_the_future(day: date) -> bool:
    """Return whether the day has not yet begun anywhere on earth (UTC+14 is first)."""
    return day > (datetime.now(UTC) + timedelta(hours=14)).date()


class CorrectionForm(FlaskForm):
    """Form to record a correction of a publication."""

    version = version_field()
    correction = TextAreaField(
        lazy_gettext("What was corrected"),
        [DataRequired(NO_CORRECTION), longest(NOTE_CHARACTERS), seen(NO_CORRECTION)],
        filters=[lines],
    )
    dated = DateField(lazy_gettext("Day of the correction"), [InputRequired(NO_DAY)])

    def validate_dated(self, field: Field) -> None:
        """Check that there is a day, and that it is not in the future."""
        if field.data is None:
            field.errors = []
            raise ValidationError(NO_DAY)
        if is_in_the_future(field.data):
            raise ValidationError(NOT_YET)


class RetractionForm(FlaskForm):
    """Form to retract a publication, with the reason."""

    version = version_field()
    reason = TextAreaField(
        lazy_gettext("Why it is retracted"),
        [DataRequired(NO_REASON), longest(NOTE_CHARACTERS), seen(NO_REASON)],
        filters=[lines],
    )


class SourceForm(FlaskForm):
    """Form to link a translation to its source, by the number of the source or the address of its page."""

    source = StringField(
        lazy_gettext("Number or address of the source"),
        [DataRequired(NO_SOURCE), longest(LINE_CHARACTERS)],
        filters=[one_line],
    )


def is_of_the_web(typed: str) -> bool:
    """Return whether `typed` is an HTTP(S) URL without user name and password."""
    if not typed.isprintable() or " " in typed or "\\" in typed:
        return False
    try:
        parts = urlsplit(typed)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
