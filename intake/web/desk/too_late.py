"""The answer to words that can no longer be sent: they stay on the page."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from intake.errors import NotFound
from intake.web.desk.blueprint import stale


def too_late(submission_id: uuid.UUID, form: FlaskForm, typed: Mapping[str, Any]) -> ResponseReturnValue:
    """As `stale`; of a submission that is deleted there is no page, and the words stand on one of their own."""
    try:
        return stale(submission_id, form, typed)
    except NotFound:
        return render_template("desk/kept.html", typed=typed), 409
