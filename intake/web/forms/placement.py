"""Form to place a photo in the text."""

import uuid
from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField

from intake.web.forms.fields import version_field
from intake.web.language import gettext

OUT = "out"
"""Choice to take the photo out of the text."""


class PlacementForm(FlaskForm):
    """Form with a photo and its place. Call `offer` before use."""

    version = version_field()
    photo = SelectField(lazy_gettext("Photo"))
    place = SelectField(lazy_gettext("Place"))

    def offer(self, photos: Mapping[uuid.UUID, str], blocks: Sequence[str]) -> None:
        """Set the choices: photo id → name, and the beginnings of the blocks of the text."""
        self.photo.choices = [(str(photo), name) for photo, name in photos.items()]
        self.place.choices = [
            ("0", gettext("At the beginning")),
            *(
                (
                    str(number),
                    gettext("After %(number)s. %(words)s", number=number, words=words or gettext("(rule)")),
                )
                for number, words in enumerate(blocks, start=1)
            ),
            (OUT, gettext("Not in the text")),
        ]
