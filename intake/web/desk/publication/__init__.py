"""Pages around the publication of a submission: amendments, calendar, checklist and translations."""

from intake.web.desk.blueprint import bp
from intake.web.desk.publication import amendments, calendar, checklist, translations

__all__ = ["amendments", "bp", "calendar", "checklist", "translations"]
