"""For load balancers and monitors: is this process up, and is work being done?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from intake.db import DatabaseAway, transaction
from intake.queries.machinery import verdict
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
    """200 if submissions are being processed, 503 if not, with the sentence that the admin page shows."""
    try:
        with transaction() as session:
            found = verdict(session)
    except DatabaseAway:
        return jsonify({"status": "not ready", "sentence": "The database does not answer."}), 503
    status = {"status": "ready" if found.ok else "not ready", "sentence": found.sentence}
    return jsonify(status), 200 if found.ok else 503
