"""The desk for programs: what its pages do, as JSON, with a token. Each module adds its routes to one blueprint."""

from intake.web.desk_api import (
    batches,
    claims,
    decisions,
    downloads,
    editors,
    for_you,
    history,
    photos,
    publications,
    queue,
    replies,
    revisions,
    submission,
    views,
    words,
)
from intake.web.desk_api.blueprint import bp

__all__ = [
    "batches",
    "bp",
    "claims",
    "decisions",
    "downloads",
    "editors",
    "for_you",
    "history",
    "photos",
    "publications",
    "queue",
    "replies",
    "revisions",
    "submission",
    "views",
    "words",
]
