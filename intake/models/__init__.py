"""SQLAlchemy models of all tables, and `record`, which writes events."""

from intake.models import contribution_time
from intake.models.account import Editor, LiveStream, LoginAttempts, LoginSession, Role, Token
from intake.models.decision import Batch, BatchItem, Decision, Reply
from intake.models.desk import Draft, Presence, ReadingLink, View
from intake.models.event import ChainProgress, Event, EventLink, UnlinkedEvent, record
from intake.models.factor import (
    AccountNotice,
    AccountReset,
    LoginLink,
    OpenIDLink,
    Passkey,
    RecoveryCode,
    TotpSecret,
)
from intake.models.heartbeat import HealthWatch, Heartbeat, Incident, WebLoad, WebTotal
from intake.models.job import Job, Pause
from intake.models.job_figures import JobsCounted, JobTotal, QueueSample
from intake.models.magazine_text import Logo, MagazineText, MailTest, SettingVersion
from intake.models.message import Answer, Message, Note, Notification
from intake.models.photo import FaceSearch, Photo, Retouch
from intake.models.publication.checklist_tick import ChecklistTick
from intake.models.publication.publication_note import PublicationNote
from intake.models.publication.translation_link import TranslationLink
from intake.models.retention.backup import Backup
from intake.models.retention.deletion_count import DeletionCount
from intake.models.retention.legal_hold import LegalHold
from intake.models.retention.retention_step import RetentionStep
from intake.models.retention.sealed_original import (
    HolderKey,
    Opening,
    OpeningShare,
    OriginalShare,
    SealedOriginal,
)
from intake.models.revision import Revision
from intake.models.sealing.clear_words import ClearWords
from intake.models.search import SearchEntry, SearchKey
from intake.models.submission import Submission
from intake.models.submission_key import Deletion, LinkKey, Scrub, SubmissionKey
from intake.models.suspicion import HourlyCount, PhraseList, RecentText

__all__ = [
    "AccountNotice",
    "AccountReset",
    "Answer",
    "Backup",
    "Batch",
    "BatchItem",
    "ChainProgress",
    "ChecklistTick",
    "ClearWords",
    "Decision",
    "Deletion",
    "DeletionCount",
    "Draft",
    "Editor",
    "Event",
    "EventLink",
    "FaceSearch",
    "HealthWatch",
    "Heartbeat",
    "HolderKey",
    "HourlyCount",
    "Incident",
    "Job",
    "JobTotal",
    "JobsCounted",
    "LegalHold",
    "LinkKey",
    "LiveStream",
    "LoginAttempts",
    "LoginLink",
    "LoginSession",
    "Logo",
    "MagazineText",
    "MailTest",
    "Message",
    "Note",
    "Notification",
    "OpenIDLink",
    "Opening",
    "OpeningShare",
    "OriginalShare",
    "Passkey",
    "Pause",
    "Photo",
    "PhraseList",
    "Presence",
    "PublicationNote",
    "QueueSample",
    "ReadingLink",
    "RecentText",
    "RecoveryCode",
    "Reply",
    "RetentionStep",
    "Retouch",
    "Revision",
    "Role",
    "Scrub",
    "SealedOriginal",
    "SearchEntry",
    "SearchKey",
    "SettingVersion",
    "Submission",
    "SubmissionKey",
    "Token",
    "TotpSecret",
    "TranslationLink",
    "UnlinkedEvent",
    "View",
    "WebLoad",
    "WebTotal",
    "contribution_time",
    "record",
]
