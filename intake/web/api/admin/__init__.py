"""The admin's side for programs: what its pages show and do, as JSON, with a token. Each module adds its routes to one blueprint."""

from intake.web.api.admin import jobs
from intake.web.api.admin import jobs as levers
from intake.web.api.admin import system as machines
from intake.web.api.admin.blueprint import bp

__all__ = ["bp", "jobs", "levers", "machines"]
