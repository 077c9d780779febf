"""What every page of the desk shares: the blueprint, loading a piece, and the answer to a write that came too late."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from intake.db import transaction
from intake.decisions.reasons import REASONS
from intake.review.submission_detail import SubmissionDetail, changes_since, submission_detail
from intake.review.timeline import latest_sentences

bp = Blueprint("desk", __name__, url_prefix="/desk")

NOT_NOW = "That cannot be done any more"


def load(submission_id: uuid.UUID) -> SubmissionDetail:
    """The piece; NotFound."""
    with transaction() as session:
        return submission_detail(session, submission_id)


def context(current: SubmissionDetail) -> dict[str, object]:
    """What the templates of a piece ask for."""
    return {**vars(current), "revision": current.revision, "reasons": REASONS}


def stale(submission_id: uuid.UUID, form: FlaskForm, typed: Mapping[str, Any]) -> ResponseReturnValue:
    """Nothing was saved: show what happened meanwhile, and keep what was typed in a form for the version of now.

    `typed` has the fields, and under `kind` the name of the partial that shows them.
    """
    current = load(submission_id)
    # The page may have been up to date and the deed be impossible all the same: then the last change says why.
    changes = changes_since(current, form.version.data or 0) or latest_sentences(current.timeline, 1)
    form.version.data = current.submission.version
    return render_template(
        "desk/stale.html", changes=changes, typed=typed, form=form, **context(current)
    ), 409
