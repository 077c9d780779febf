"""A button that acts on the version that its page showed."""

from flask_wtf import FlaskForm

from intake.web.forms.fields import version_field


class VersionForm(FlaskForm):
    """Nothing but the version."""

    version = version_field()
