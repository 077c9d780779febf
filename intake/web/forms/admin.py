"""What an admin says of the machines."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

from intake.web.forms.fields import longest

REASON_CHARACTERS = 200


class PauseForm(FlaskForm):
    """Why a queue is stopped; the others see it."""

    reason = StringField(
        "Why", [DataRequired("Please say why: the others see it."), longest(REASON_CHARACTERS)]
    )
