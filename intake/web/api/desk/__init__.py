"""JSON API of the editors' desk, with token authentication. Each module adds routes to one blueprint."""

from intake.web.api.desk import (
    batches,
    canned_replies,
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
)
from intake.web.api.desk.blueprint import bp

__all__ = [
    "batches",
    "bp",
    "canned_replies",
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
]
