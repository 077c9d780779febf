"""JSON API of the admins, with token authentication. Each module adds routes to one blueprint."""

from intake.web.api.admin import incidents, jobs, limits, names, people, system
from intake.web.api.admin.blueprint import bp

__all__ = ["bp", "incidents", "jobs", "limits", "names", "people", "system"]
