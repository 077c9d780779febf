"""Going back to an older revision."""

from flask_wtf import FlaskForm
from wtforms import StringField

from intake.text import clean_line
from intake.web.forms.fields import LINE_CHARACTERS, longest, version_field


class RestoreForm(FlaskForm):
    """On the version that the editor saw, and why."""

    version = version_field()
    note = StringField("Why", [longest(LINE_CHARACTERS)])

    def why(self, number: int) -> str:
        """The note of the new revision."""
        return clean_line(self.note.data or "") or f"Back to revision {number}"
