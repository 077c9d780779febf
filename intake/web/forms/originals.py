"""Forms to open unchanged photos, and to appoint the holders, who can open them."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, TextAreaField
from wtforms.validators import DataRequired

from intake.web.forms.fields import lines, longest, seen

REASON_CHARACTERS = 500
MISSING = lazy_gettext("Please type your passphrase.")
NO_REASON = lazy_gettext("Please give the reason.")
NO_PERSON = "Please choose somebody."


class PassphraseForm(FlaskForm):
    """Form with the passphrase of a holder."""

    passphrase = PasswordField(lazy_gettext("Your passphrase"), [DataRequired(MISSING), longest(100)])


class OpeningForm(PassphraseForm):
    """Form to ask that unchanged photos be opened, with the reason and the holder's passphrase."""

    reason = TextAreaField(
        lazy_gettext("Why must you see them?"),
        [DataRequired(NO_REASON), seen(NO_REASON), longest(REASON_CHARACTERS)],
        filters=[lines],
    )


class HolderForm(FlaskForm):
    """Form to appoint or dismiss a holder. `is_named` is "y" to appoint, and empty to dismiss."""

    person = SelectField("Person", [DataRequired(NO_PERSON)], validate_choice=False)
    is_named = HiddenField()

    def offer(self, people: dict[int, str]) -> "HolderForm":
        """Set the people whom the form offers, as editor id → name. Returns the form."""
        self.person.choices = {"": "Choose …", **{str(number): name for number, name in people.items()}}
        return self
