"""What an editor fills in."""

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from intake.web.current import config
from intake.web.display import size
from intake.web.forms.fields import (
    LINE_CHARACTERS,
    TITLE_CHARACTERS,
    longest,
    seen,
    version_field,
)

# An edit has room for mark-up beside the contributor's own limit.
EDIT_FACTOR = 2
UNTITLED = "A piece needs a title."


class EditForm(FlaskForm):
    """An edit of title and text, on the version that the editor saw."""

    version = version_field()
    title = StringField("Title", [DataRequired(UNTITLED), seen(UNTITLED), longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text")
    note = StringField("What you changed", [longest(LINE_CHARACTERS)])

    def validate_body(self, field: Field) -> None:
        """In bytes, as the contributor's own."""
        settings = config()
        if len((field.data or "").encode()) > EDIT_FACTOR * settings.max_text_bytes:
            raise ValidationError(f"The text is larger than {size(EDIT_FACTOR * settings.max_text_bytes)}.")
