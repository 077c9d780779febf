"""API for the log of incidents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.health.incidents import IncidentEntry, incident_page
from intake.models.columns import BIGINT_MAX
from intake.models.heartbeat import INCIDENT_CAUSES
from intake.web.access import program_requires
from intake.web.api.admin.blueprint import below, bp
from intake.web.api.fields import OneOf, Url
from intake.web.api.operation import operation
from intake.web.api.request_body import QueryString

__all__ = ["bp"]


class IncidentQuery(QueryString):
    """Page of the log of incidents."""

    after: Annotated[
        Annotated[int, Field(strict=False, ge=0, le=BIGINT_MAX)] | None, Field(description="From `next`.")
    ] = None


@dataclass(frozen=True)
class IncidentNow(IncidentEntry):
    """Time during which submissions were not processed, or the scheduler did not work."""

    cause: Annotated[str, OneOf(INCIDENT_CAUSES)]
    ended_at: Annotated[datetime | None, Field(description="null: it is open.")]
    seconds: Annotated[int, Field(description="Duration, until now if it is open.")]
    most_waiting: Annotated[int, Field(description="Largest number of submissions that waited.")]
    returned: Annotated[int, Field(description="How often it came back within a minute after its end.")]


@dataclass(frozen=True)
class Incidents:
    """Page of the log of incidents, newest first."""

    items: list[IncidentNow]
    next: Url | None


@bp.get("/incidents")
@program_requires("system.read")
@operation("listIncidents", "A page of incidents of the last year, newest first.")
def incidents(query: IncidentQuery) -> Incidents:
    """Return a page of incidents. `next` is the URL of the next page."""
    with transaction() as session:
        found = incident_page(session, query.after)
    following = below("incidents", after=found.next) if found.next else None
    return Incidents([IncidentNow(**vars(one)) for one in found.items], following)
