"""Blueprint of the desk, and functions that load a submission for its pages."""

import uuid

from flask import Blueprint

from intake.decisions.reasons import REASONS
from intake.lifecycle import GONE
from intake.review.submission_detail import SubmissionDetail, submission_detail
from intake.web.current import reading

bp = Blueprint("desk", __name__, url_prefix="/desk")


def load(submission_id: uuid.UUID) -> SubmissionDetail:
    """Load a submission with all data that its pages show. Raises NotFound."""
    with reading() as session:
        return submission_detail(session, submission_id)


def context(current: SubmissionDetail) -> dict[str, object]:
    """Template variables of every page about a submission."""
    gone = current.submission.status in GONE
    return {**vars(current), "revision": current.revision, "reasons": REASONS, "is_gone": gone}
