"""The editors' side: parse, call one action, map what it refuses, redirect. Each module adds its pages to one blueprint."""

from intake.web.desk import batches, decisions, downloads, edits, me, queue, stream, submission
from intake.web.desk.blueprint import bp

__all__ = ["batches", "bp", "decisions", "downloads", "edits", "me", "queue", "stream", "submission"]
