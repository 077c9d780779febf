"""The admin's side: is the machinery working, the levers, and who may use the desk. Each module adds its pages to one blueprint."""

from intake.web.admin import controls, jobs, live, overview, people, tokens
from intake.web.admin.blueprint import bp

__all__ = ["bp", "controls", "jobs", "live", "overview", "people", "tokens"]
