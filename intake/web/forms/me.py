"""What an editor sets for themselves."""

from flask_wtf import FlaskForm

from intake.web.forms.fields import YesField


class PreferencesForm(FlaskForm):
    """Two boxes; one that is not ticked says no."""

    mail = YesField("Tell me by mail that something waits for me")
    shortcuts = YesField("One key does one thing on the desk")
