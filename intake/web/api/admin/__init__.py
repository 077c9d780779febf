"""The admin's side for programs: what its pages show and do, as JSON, with a token. Each module adds its routes to one blueprint."""

from intake.web.api.admin import jobs, system
from intake.web.api.admin.blueprint import bp

__all__ = ["bp", "jobs", "system"]
