"""Admin pages: health of the system, admin actions, and people of the desk. Each module adds its pages to one blueprint."""

from intake.web.admin import controls, jobs, live, overview, people, tokens
from intake.web.admin.blueprint import bp

__all__ = ["bp", "controls", "jobs", "live", "overview", "people", "tokens"]
