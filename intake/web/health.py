"""Health checks for load balancers and monitors."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from intake.db import DatabaseUnavailable, transaction, unavailable_reason
from intake.health.status import health_report
from intake.web.access import public

bp = Blueprint("health", __name__, url_prefix="/healthz")


@bp.get("/live")
@public
def live() -> ResponseReturnValue:
    """Answer 200 while this process runs."""
    return jsonify({"status": "live"})


@bp.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """Answer 200 if submissions are being processed, otherwise 503."""
    try:
        with transaction() as session:
            found = health_report(session)
    except DatabaseUnavailable as error:
        return jsonify({"status": "not ready", "sentence": unavailable_reason(error)}), 503
    # No figures, because an observer could match a rising count to a contributor's connection.
    body = {"status": "ready" if found.ok else "not ready", "sentence": found.public}
    return jsonify(body), 200 if found.ok else 503
