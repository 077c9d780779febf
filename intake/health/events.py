"""Check of what keeps recorded events from being changed, for `transom doctor`."""

from intake.audit import roles
from intake.db import DatabaseUnavailable, transaction
from intake.health.database import TablesMissing
from intake.health.findings import Finding
from intake.settings import Settings

TRIGGERS_OFF = "Run `transom audit verify`, and find out who switched them off. docs/ops/events.md says how to switch them on."
NO_RIGHTS = "Run `transom migrate` with TRANSOM_MIGRATION_URL, which gives both roles their rights."


def check_events(settings: Settings) -> Finding:
    """Report what keeps recorded events from being changed: the role of the application, and triggers.

    An installation with a single database role for everything is reported, but this is no fault.
    """
    try:
        with transaction() as session:
            found = roles.protection(session)
    except (DatabaseUnavailable, TablesMissing):
        return Finding("events", True, "unknown, because the database cannot be read")
    if not found.has_triggers:
        return Finding("events", False, "the triggers that refuse changes of events are off", TRIGGERS_OFF)
    if found.is_append_only:
        seen = f"the role {found.role} can add events and change none, and triggers refuse changes by the other role"
        return Finding("events", True, seen)
    if settings.owner_url != settings.sqlalchemy_url:
        return Finding("events", False, f"the role {found.role} may change events", NO_RIGHTS)
    seen = f"triggers refuse changes, but the role {found.role} of TRANSOM_DATABASE_URL could switch them off: docs/ops/events.md"
    return Finding("events", True, seen)
