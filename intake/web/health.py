"""For load balancers and monitors: is this process up, and is work being done?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from intake.db import DatabaseUnavailable, transaction, unavailable_reason
from intake.health.status import health_report
from intake.web.access import public

bp = Blueprint("health", __name__, url_prefix="/healthz")


@bp.get("/live")
@public
def live() -> ResponseReturnValue:
    """This process answers."""
    return jsonify({"status": "live"})


@bp.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """200 if submissions are being processed, 503 if not."""
    try:
        with transaction() as session:
            found = health_report(session)
    except DatabaseUnavailable as error:
        return jsonify({"status": "not ready", "sentence": unavailable_reason(error)}), 503
    # No figures: who watches a suspect's connection could watch here whether a job came in at the same moment.
    body = {"status": "ready" if found.ok else "not ready", "sentence": found.public}
    return jsonify(body), 200 if found.ok else 503
