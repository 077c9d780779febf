"""Blueprint of the desk's API.

Refused actions become problem documents (RFC 9457) with a `code` for programs.
"""

from typing import Any

from flask import Blueprint, Response, g, request

from intake.db import transaction
from intake.errors import ClaimedByOther, NotNow, StaleRevision
from intake.lifecycle import IllegalMove
from intake.review.submission_detail import changes_since, submission_detail
from intake.web.api.request_body import InvalidBody, invalid
from intake.web.errors import problem

bp = Blueprint("desk_api", __name__, url_prefix="/api/v1/desk")
bp.register_error_handler(InvalidBody, invalid)
# Codes of the errors that make an action wait, for the OpenAPI document.
WAITS = ", ".join(f"`{one.code}`" for one in NotNow.__subclasses__())
CONFLICT = {
    409: "It has changed in the meantime (`stale`), its status does not allow this (`illegal_move`), or it has to wait"
    f" ({WAITS}). `version` is the current one."
}
DONE = {201: "Done: the submission in its new version."}

STALE = "It has changed since version {}. Read it again, then decide whether you still want this."


@bp.errorhandler(StaleRevision)
def stale(_error: StaleRevision) -> Response:
    """Answer 409: the submission has changed since the request's version.

    Lists the changes and the current version.
    """
    return problem(409, "It changed meanwhile", STALE.format(g.version), code="stale", **_as_it_stands())


@bp.errorhandler(IllegalMove)
def illegal(error: IllegalMove) -> Response:
    """Answer 409: the current status of the submission does not allow the action."""
    return problem(
        409, "That cannot be done now", f"{error}.".capitalize(), code="illegal_move", **_as_it_stands()
    )


@bp.errorhandler(ClaimedByOther)
def claimed(error: ClaimedByOther) -> Response:
    """Answer 409: another editor has claimed the submission."""
    detail = f"{error} has it. Send `takeover` as true to take it over; they are told."
    return problem(409, "Somebody else has it", detail, code="claimed", **_as_it_stands())


@bp.errorhandler(NotNow)
def not_now(error: NotNow) -> Response:
    """Answer 409 with the reason why the action has to wait."""
    return problem(409, error.title, f"{error.reason} {error.advice}", code=error.code, **_as_it_stands())


def _as_it_stands() -> dict[str, Any]:
    """Return the current state of the submission in the URL, which an API client needs to try again.

    `changes` lists the changes since `g.version`, the version in the request body.
    Returns an empty dictionary if the URL names no submission.
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
