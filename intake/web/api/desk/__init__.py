"""The desk for programs: what its pages do, as JSON, with a token. Each module adds its routes to one blueprint."""

from intake.web.api.desk import batches, claims, decisions, photos, queue, revisions, submission
from intake.web.api.desk import canned_replies as replies
from intake.web.api.desk import notes_messages as words
from intake.web.api.desk import people as editors
from intake.web.api.desk import people as for_you
from intake.web.api.desk import publishing as downloads
from intake.web.api.desk import publishing as publications
from intake.web.api.desk import revisions as history
from intake.web.api.desk import saved_views as views
from intake.web.api.desk.blueprint import bp

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
