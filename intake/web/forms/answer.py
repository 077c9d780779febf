"""Forms of a contributor's answer and message."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Optional

from intake.languages import FORMATS
from intake.plurals import gettext_noop
from intake.settings import Settings
from intake.web.forms.contribute import ContributorForm, text_fits
from intake.web.forms.fields import LETTER_CHARACTERS, TITLE_CHARACTERS, longest, seen

NO_WORDS = gettext_noop("Please write something.")


class AnswerForm(ContributorForm):
    """Form to answer a request for changes. Title and body are sent only if the page showed the text."""

    token = HiddenField()
    receipt = HiddenField()
    message = TextAreaField(lazy_gettext("Your message to the editor"), [longest(LETTER_CHARACTERS)])
    title = StringField(lazy_gettext("Title"), [longest(TITLE_CHARACTERS)])
    body = TextAreaField(lazy_gettext("Text"))
    format = HiddenField(
        default="plain", validators=[Optional(), AnyOf(FORMATS, lazy_gettext("We do not know this format."))]
    )

    def __init__(self, settings: Settings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._settings = settings

    def validate_body(self, field: Field) -> None:
        """Check the size limit of a text, the same as for a new submission."""
        text_fits(field, self._settings)


class LetterForm(ContributorForm):
    """Form to send a message from a contributor to the editors."""

    token = HiddenField()
    receipt = HiddenField()
    letter = TextAreaField(
        lazy_gettext("Your message"),
        [DataRequired(lazy_gettext(NO_WORDS)), longest(LETTER_CHARACTERS), seen(lazy_gettext(NO_WORDS))],
    )
