"""The blueprint, and what actions refuse as problem documents (RFC 9457); `code` tells a program which it is."""

from typing import Any

from flask import Blueprint, Response, g, request

from intake.db import transaction
from intake.errors import ClaimedByOther, RetouchPending, SecondEditorNeeded, StaleRevision
from intake.lifecycle import IllegalMove
from intake.review.submission_detail import changes_since, submission_detail
from intake.web.api.request_body import InvalidBody, invalid
from intake.web.errors import problem

bp = Blueprint("desk_api", __name__, url_prefix="/api/v1/desk")
bp.register_error_handler(InvalidBody, invalid)
CONFLICT = {
    409: "It has changed in the meantime (`stale`), or its status does not allow this (`illegal_move`). `version` is the current one."
}
DONE = {201: "Done: the submission in its new version."}

STALE = "It has changed since version {}. Read it again, then decide whether you still want this."
WAITS = ("Not yet", "A photo still shows what an editor wants gone. In a minute it will not: try again then.")
SECOND = "This section asks for two approvals, and the first is yours. Another editor has to give the second."


@bp.errorhandler(StaleRevision)
def stale(_error: StaleRevision) -> Response:
    """Somebody was quicker: what happened meanwhile, and the version of now."""
    return problem(409, "It changed meanwhile", STALE.format(g.version), code="stale", **_as_it_stands())


@bp.errorhandler(IllegalMove)
def illegal(error: IllegalMove) -> Response:
    """Answer 409: the submission has moved to a status in which this is impossible."""
    return problem(
        409, "That cannot be done now", f"{error}.".capitalize(), code="illegal_move", **_as_it_stands()
    )


@bp.errorhandler(ClaimedByOther)
def claimed(error: ClaimedByOther) -> Response:
    """Somebody else has it."""
    detail = f"{error} has it. Send `takeover` as true to take it over; they are told."
    return problem(409, "Somebody else has it", detail, code="claimed", **_as_it_stands())


@bp.errorhandler(RetouchPending)
def waits(_error: RetouchPending) -> Response:
    """Answer 409: a photo still shows pixels that an editor asked to destroy."""
    return problem(409, *WAITS, code="retouch_waits", **_as_it_stands())


@bp.errorhandler(SecondEditorNeeded)
def second(_error: SecondEditorNeeded) -> Response:
    """One editor cannot approve twice."""
    return problem(409, "A second editor is needed", SECOND, code="second_editor_needed", **_as_it_stands())


def _as_it_stands() -> dict[str, Any]:
    """Return the current state, which a program reads before it tries again.

    `g.version` is the version that it sent, if any.
    """
    submission_id = (request.view_args or {}).get("submission_id")
    if submission_id is None:
        return {}
    with transaction() as session:
        current = submission_detail(session, submission_id)
    version = current.submission.version
    return {
        "version": version,
        "submission_status": current.submission.status,
        "changes": changes_since(current, g.get("version", version)),
        "may": sorted(current.may),
    }
