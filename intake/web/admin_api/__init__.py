"""The admin's side for programs: what its pages show and do, as JSON, with a token. Each module adds its routes to one blueprint."""

from intake.web.admin_api import jobs, levers, machines
from intake.web.admin_api.blueprint import bp

__all__ = ["bp", "jobs", "levers", "machines"]
