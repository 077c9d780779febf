"""The editors' side: parse, call one action, map what it refuses, redirect. Each module adds its pages to one blueprint."""

from intake.web.desk import decisions, downloads, drafts, edits, queue, revisions, submission
from intake.web.desk.blueprint import bp

__all__ = ["bp", "decisions", "downloads", "drafts", "edits", "queue", "revisions", "submission"]
