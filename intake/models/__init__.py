"""The tables, one noun a file."""

from intake.models.account import Editor, Role
from intake.models.attempt import LoginAttempts
from intake.models.decision import Decision
from intake.models.event import Event, record
from intake.models.heartbeat import Heartbeat
from intake.models.job import Job
from intake.models.photo import Photo
from intake.models.revision import Revision
from intake.models.submission import Submission

__all__ = [
    "Decision",
    "Editor",
    "Event",
    "Heartbeat",
    "Job",
    "LoginAttempts",
    "Photo",
    "Revision",
    "Role",
    "Submission",
    "record",
]
