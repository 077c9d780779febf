"""The admin's side: is the machinery working, the levers, and who may use the desk. Each module adds its pages to one blueprint."""

from intake.web.admin import jobs, levers, overview, people, stream, tokens
from intake.web.admin.blueprint import bp

__all__ = ["bp", "jobs", "levers", "overview", "people", "stream", "tokens"]
