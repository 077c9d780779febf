"""For load balancers and monitors: is this process up, and is work being done?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from intake.db import DatabaseAway, transaction
from intake.queries.machinery import verdict
from intake.web.access import public

bp = Blueprint("health", __name__, url_prefix="/healthz")

# No figures: who watches a suspect's connection could watch here whether a job came in at the same moment.
READY = "Submissions are being processed."
NOT_READY = "Submissions are not being processed. The admin page says why."
AWAY = "The database does not answer."


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
            ok = verdict(session).ok
    except DatabaseAway:
        return jsonify({"status": "not ready", "sentence": AWAY}), 503
    if ok:
        return jsonify({"status": "ready", "sentence": READY})
    return jsonify({"status": "not ready", "sentence": NOT_READY}), 503
