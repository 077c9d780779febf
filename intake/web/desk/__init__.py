"""The editors' side: parse, call one action, map what it refuses, redirect. Each module adds its pages to one blueprint."""

from intake.web.desk import (
    batches,
    claims,
    decisions,
    downloads,
    drafts,
    edits,
    me,
    messages,
    notes,
    photos,
    queue,
    replies,
    retouches,
    revisions,
    stream,
    submission,
    views,
)
from intake.web.desk.blueprint import bp

__all__ = [
    "batches",
    "bp",
    "claims",
    "decisions",
    "downloads",
    "drafts",
    "edits",
    "me",
    "messages",
    "notes",
    "photos",
    "queue",
    "replies",
    "retouches",
    "revisions",
    "stream",
    "submission",
    "views",
]
