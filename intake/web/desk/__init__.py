"""The editors' side: parse, call one action, map what it refuses, redirect. Each module adds its pages to one blueprint."""

from intake.web.desk import (
    batches,
    claims,
    decisions,
    drafts,
    edits,
    messages,
    photos,
    queue,
    revisions,
    submission,
    tokens,
)
from intake.web.desk import canned_replies as replies
from intake.web.desk import live as stream
from intake.web.desk import messages as notes
from intake.web.desk import notifications as me
from intake.web.desk import photos as retouches
from intake.web.desk import publishing as downloads
from intake.web.desk import publishing as publications
from intake.web.desk import saved_views as views
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
    "publications",
    "queue",
    "replies",
    "retouches",
    "revisions",
    "stream",
    "submission",
    "tokens",
    "views",
]
