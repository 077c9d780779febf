"""Who is at the desk."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from intake.accounts.people import editors as at_the_desk
from intake.db import transaction
from intake.web.access import scopes
from intake.web.desk_api.blueprint import bp

__all__ = ["bp"]


@bp.get("/editors")
@scopes("read")
def editors() -> ResponseReturnValue:
    """By name: their numbers are for the filter `claimed`, their names for mentions."""
    with transaction() as session:
        found = at_the_desk(session)
    return jsonify({"items": [{"id": number, "name": name} for number, name in found.items()]})
