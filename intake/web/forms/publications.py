"""Where a piece has appeared."""

from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from intake.web.forms.fields import longest, version_field

URL_CHARACTERS = 2000
NO_ADDRESS = "Please give the whole address, such as https://example.org/news/1, or leave it empty."


class PublicationForm(FlaskForm):
    """An address, which a piece in print does not have, on the version that the editor saw."""

    version = version_field()
    url = StringField(
        "Where it appeared", [longest(URL_CHARACTERS)], filters=[lambda typed: (typed or "").strip()]
    )

    def validate_url(self, field: Field) -> None:
        """Nothing, or an address of the web: it becomes a link, which must not run anything."""
        if field.data and not _is_of_the_web(field.data):
            raise ValidationError(NO_ADDRESS)


def _is_of_the_web(typed: str) -> bool:
    if not typed.isprintable() or " " in typed or "\\" in typed:
        return False
    try:
        parts = urlsplit(typed)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
