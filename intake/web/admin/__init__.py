"""The admin's side: is the machinery working, the levers, and who may use the desk. Each module adds its pages to one blueprint."""

from intake.web.admin import controls as levers
from intake.web.admin import jobs, overview, people, tokens
from intake.web.admin import live as stream
from intake.web.admin.blueprint import bp

__all__ = ["bp", "jobs", "levers", "overview", "people", "stream", "tokens"]
