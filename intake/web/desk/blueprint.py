"""Blueprint of the desk, and functions that load a submission for its pages."""

import uuid
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.decisions.reasons import REASONS
from intake.errors import NotFound
from intake.lifecycle import GONE
from intake.permissions.reach import reach_of, refuse_hidden
from intake.plurals import gettext_noop
from intake.queue.filters import Filters
from intake.review.submission_detail import SubmissionDetail, submission_detail
from intake.web.current import reading
from intake.web.language import gettext

bp = Blueprint("desk", __name__, url_prefix="/desk")

OUT_OF_REACH = gettext_noop("Saved. The submission is now in a section or a language that you do not see.")
LIST = "in"
"""Query parameter of a submission's pages: filters of the list that the editor works through, as Filters.query()."""
# Endpoints without a way back to the list: images, downloads, and requests of scripts.
UNLISTED = frozenset({"desk.photo", "desk.export", "desk.here", "desk.save"})


def current_list() -> Filters:
    """Return the filters of the list that the editor works through. The default is the editors' lane."""
    return Filters.parse_query(request.values.get(LIST, ""))


def in_list(filters: Filters) -> dict[str, str]:
    """Return the query parameters of a link from this list to a submission's page."""
    query = filters.query()
    return {LIST: query} if query else {}


def list_url(filters: Filters, after: str = "", anchor: str | None = None) -> str:
    """Return the URL of a list, from the cursor `after` on, at the element with the id `anchor`."""
    words: dict[str, Any] = dict(filters.words()) if filters.query() or after else {}
    if after:
        words["after"] = after
    return url_for("desk.queue", **words, _anchor=anchor)


@bp.app_url_defaults
def stay_in_list(endpoint: str, values: dict[str, Any]) -> None:
    """Add the query parameter LIST to every link and form action between the pages of a submission."""
    listed = endpoint.startswith("desk.") and "submission_id" in values and endpoint not in UNLISTED
    if listed and LIST not in values and request and LIST in request.values:
        values |= in_list(current_list())


def after_saving(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Redirect to the page of a submission, or to the list if the editor may no longer see the submission."""
    try:
        with reading() as session:
            refuse_hidden(session, submission_id, reach_of(current_user))
    except NotFound:
        flash(gettext(OUT_OF_REACH), "success")
        return redirect(list_url(current_list()), 303)
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


def load(submission_id: uuid.UUID) -> SubmissionDetail:
    """Load a submission with all data that its pages show. Raises NotFound."""
    with reading() as session:
        return submission_detail(session, submission_id)


def spoken_reasons() -> dict[str, dict[str, str]]:
    """Return the reasons of decisions in the reader's language: {verdict: {code: label}}."""
    return {
        verdict: {code: gettext(label) for code, label in codes.items()} for verdict, codes in REASONS.items()
    }


def context(current: SubmissionDetail) -> dict[str, object]:
    """Template variables of every page about a submission."""
    gone = current.submission.status in GONE
    return {**vars(current), "revision": current.revision, "reasons": spoken_reasons(), "is_gone": gone}
