"""The blueprint, and what actions refuse as problem documents (RFC 9457); `code` tells a program which it is."""

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
# Codes of what has to wait, as the description lists them.
WAITS = ", ".join(f"`{one.code}`" for one in NotNow.__subclasses__())
CONFLICT = {
    409: "It has changed in the meantime (`stale`), its status does not allow this (`illegal_move`), or it has to wait"
    f" ({WAITS}). `version` is the current one."
}
DONE = {201: "Done: the submission in its new version."}

STALE = "It has changed since version {}. Read it again, then decide whether you still want this."


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


@bp.errorhandler(NotNow)
def not_now(error: NotNow) -> Response:
    """Answer 409 with the reason why it has to wait."""
    return problem(409, error.title, f"{error.reason} {error.advice}", code=error.code, **_as_it_stands())


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
