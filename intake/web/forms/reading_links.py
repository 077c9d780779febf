"""Forms of reading links: one for the desk, and one for the guest's note."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Form, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired

from intake.guests.links import DAYS
from intake.web.forms.fields import NOTE_CHARACTERS, YesField, lines, longest, one_line, seen
from intake.web.language import ngettext

GUEST_CHARACTERS = 60
NO_GUEST = lazy_gettext("Please say whom the link is for.")
NO_WORDS = "Please write something."


class ReadingLinkForm(FlaskForm):
    """Form to make a reading link."""

    name = StringField(
        lazy_gettext("Whom is it for?"),
        [DataRequired(NO_GUEST), longest(GUEST_CHARACTERS), seen(NO_GUEST)],
        filters=[one_line],
    )
    days = RadioField(
        lazy_gettext("How long does it work?"),
        choices=lambda: {str(days): ngettext("%(num)s day", "%(num)s days", days) for days in DAYS},
        default="3",
    )
    shows_photos = YesField(lazy_gettext("Show the photos"))
    allows_download = YesField(lazy_gettext("Allow downloading"))


class GuestNoteForm(Form):
    """Form of a guest's note. It needs no CSRF token: the secret address and the cookie of the link protect it."""

    note = TextAreaField(
        "Your note", [DataRequired(NO_WORDS), longest(NOTE_CHARACTERS), seen(NO_WORDS)], filters=[lines]
    )
