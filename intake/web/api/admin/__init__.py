"""JSON API of the admins, with token authentication. Each module adds routes to one blueprint."""

from intake.web.api.admin import incidents, jobs, people, system
from intake.web.api.admin.blueprint import bp

__all__ = ["bp", "incidents", "jobs", "people", "system"]
