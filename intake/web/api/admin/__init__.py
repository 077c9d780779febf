"""JSON API of the admins, with token authentication. Each module adds routes to one blueprint."""

from intake.web.api.admin import jobs, people, system
from intake.web.api.admin.blueprint import bp

__all__ = ["bp", "jobs", "people", "system"]
