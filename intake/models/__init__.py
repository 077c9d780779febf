"""The tables, one noun a file."""

from intake.models.account import Editor, Role
from intake.models.answer import Answer
from intake.models.attempt import LoginAttempts
from intake.models.batch import Batch, BatchItem
from intake.models.decision import Decision
from intake.models.draft import Draft
from intake.models.event import Event, record
from intake.models.heartbeat import Heartbeat
from intake.models.job import Job
from intake.models.job_total import JobsCounted, JobTotal
from intake.models.message import Message
from intake.models.note import Note
from intake.models.notification import Notification
from intake.models.pause import Pause
from intake.models.photo import Photo
from intake.models.presence import Presence
from intake.models.queue_sample import QueueSample
from intake.models.reply import Reply
from intake.models.retouch import Retouch
from intake.models.revision import Revision
from intake.models.search import SearchEntry
from intake.models.submission import Submission
from intake.models.token import Token
from intake.models.view import View

__all__ = [
    "Answer",
    "Batch",
    "BatchItem",
    "Decision",
    "Draft",
    "Editor",
    "Event",
    "Heartbeat",
    "Job",
    "JobTotal",
    "JobsCounted",
    "LoginAttempts",
    "Message",
    "Note",
    "Notification",
    "Pause",
    "Photo",
    "Presence",
    "QueueSample",
    "Reply",
    "Retouch",
    "Revision",
    "Role",
    "SearchEntry",
    "Submission",
    "Token",
    "View",
    "record",
]
