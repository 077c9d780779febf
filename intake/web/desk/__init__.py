"""Pages of the editors' desk.

Each module adds views to one blueprint, and `conflicts` adds error handlers.
"""

from intake.web.desk import (
    batches,
    canned_replies,
    claims,
    decisions,
    drafts,
    edits,
    live,
    messages,
    notifications,
    photos,
    publishing,
    queue,
    revisions,
    saved_views,
    submission,
    tokens,
)
from intake.web.desk.blueprint import bp

__all__ = [
    "batches",
    "bp",
    "canned_replies",
    "claims",
    "decisions",
    "drafts",
    "edits",
    "live",
    "messages",
    "notifications",
    "photos",
    "publishing",
    "queue",
    "revisions",
    "saved_views",
    "submission",
    "tokens",
]
