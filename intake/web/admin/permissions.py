"""Admin page of the table of permissions: who may do what."""

from flask import render_template
from flask.typing import ResponseReturnValue

from intake import permissions as table
from intake.accounts import people
from intake.db import transaction
from intake.models.account import ROLES
from intake.web.access import requires
from intake.web.admin.blueprint import bp

__all__ = ["bp"]


@bp.get("/permissions")
@requires("people.manage")
def permissions() -> ResponseReturnValue:
    """Page of the table role × action × section, and of the editors' limits and access to contact details."""
    with transaction() as session:
        found = people.people(session)
    areas = {area: [row for row in table.ACTIONS.values() if row.area == area] for area in table.AREAS}
    editors = [one for one in found if one.active and people.is_limitable(one)]
    return render_template(
        "admin/permissions.html", areas=areas, roles=ROLES, cells=table.CELLS, editors=editors
    )
