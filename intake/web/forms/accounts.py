"""Forms of accounts, preferences and tokens."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Email, Length
from wtforms.widgets import CheckboxInput, ListWidget

from intake.models.account import DESK_SCOPES, ROLES
from intake.web.forms.fields import LINE_CHARACTERS, PASSWORD_CHARACTERS, YesField, longest, one_line


class PasswordForm(FlaskForm):
    """Form to set the password of an invited account."""

    password = PasswordField(
        "Password",
        [
            DataRequired("Please choose a password."),
            Length(
                min=PASSWORD_CHARACTERS,
                max=200,
                message=f"At least {PASSWORD_CHARACTERS} characters. Four or five unrelated words are good.",
            ),
        ],
    )


class SetupForm(PasswordForm):
    """Form to create the account of the first admin."""

    name = StringField(
        "Your name",
        [DataRequired("Please give the name that your colleagues know."), longest(LINE_CHARACTERS)],
        filters=[one_line],
    )
    email = StringField(
        "E-mail address",
        [DataRequired("You log in with this address."), Email("This is not an e-mail address.")],
        filters=[one_line],
    )


class InvitationForm(FlaskForm):
    """Form to create an account and its invitation."""

    name = StringField(
        "Name", [DataRequired("Please give a name."), longest(LINE_CHARACTERS)], filters=[one_line]
    )
    email = StringField(
        "E-mail address",
        [DataRequired("They log in with this address."), Email("This is not an e-mail address.")],
        filters=[one_line],
    )
    roles = SelectMultipleField(
        "Roles",
        [DataRequired("Please choose at least one role.")],
        choices=ROLES,
        default=["editor"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class PreferencesForm(FlaskForm):
    """Form of an editor's preferences. An unticked checkbox means no."""

    mail = YesField("Notify me by mail")
    shortcuts = YesField("Keyboard shortcuts")
    spelling = YesField("Spell check by the browser")


NO_NAME = "Please name the program that uses this token."


class NamedForm(FlaskForm):
    """Form to create an API token with a name."""

    name = StringField("Program", [DataRequired(NO_NAME), longest(LINE_CHARACTERS)], filters=[one_line])


class TokenForm(NamedForm):
    """Form to create an API token for the desk, with name and scopes."""

    scopes = SelectMultipleField(
        "Permissions",
        [DataRequired("Please choose at least one permission.")],
        choices=DESK_SCOPES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
