"""A token for a program."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from intake.models.account import DESK_SCOPES
from intake.web.forms.fields import LINE_CHARACTERS, longest, one_line

NO_NAME = "Please say which program this is for, so that you know it again."


class NamedForm(FlaskForm):
    """What a token is for."""

    name = StringField(
        "For which program", [DataRequired(NO_NAME), longest(LINE_CHARACTERS)], filters=[one_line]
    )


class TokenForm(NamedForm):
    """And what it may do at the desk."""

    scopes = SelectMultipleField(
        "It may",
        [DataRequired("Please choose at least one thing that it may do.")],
        choices=DESK_SCOPES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
