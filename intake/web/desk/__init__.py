"""The editors' side: parse, call one action, map what it refuses, redirect. Each module adds its pages to one blueprint."""

from intake.web.desk import (
    claims,
    decisions,
    downloads,
    edits,
    messages,
    notes,
    photos,
    publications,
    queue,
    replies,
    retouches,
    submission,
    tokens,
)
from intake.web.desk.blueprint import bp

__all__ = [
    "bp",
    "claims",
    "decisions",
    "downloads",
    "edits",
    "messages",
    "notes",
    "photos",
    "publications",
    "queue",
    "replies",
    "retouches",
    "submission",
    "tokens",
]
