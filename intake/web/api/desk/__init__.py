"""JSON API of the editors' desk, with token authentication. Each module adds routes to one blueprint."""

from intake.web.api.desk import (
    amendments,
    assignments,
    batches,
    calendar,
    canned_replies,
    checklist,
    claims,
    decisions,
    notes_messages,
    people,
    photos,
    publishing,
    queue,
    revisions,
    saved_views,
    submission,
    translations,
)
from intake.web.api.desk.blueprint import bp

__all__ = [
    "amendments",
    "assignments",
    "batches",
    "bp",
    "calendar",
    "canned_replies",
    "checklist",
    "claims",
    "decisions",
    "notes_messages",
    "people",
    "photos",
    "publishing",
    "queue",
    "revisions",
    "saved_views",
    "submission",
    "translations",
]
