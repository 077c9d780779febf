"""Legal rows of every table, written by raw SQL, to test what the database itself refuses, without the models."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

SUBMISSION = uuid.UUID(int=1)
PHOTO = uuid.UUID(int=2)
NOW = "2026-11-23T12:00:00+00:00"
KEYS = {f"{size}_key": f"clean/x/y.{size}" for size in ("full", "web", "thumb")}
CLEAN = {"status": "clean", "format": "jpeg", "width": 4, "height": 3} | KEYS
SENT = {"status": "sent", "lease_until": NOW}
RUNNING = {"status": "running", "lease_until": NOW, "worker": "worker@here", "started_at": NOW}

# Table → a row that all constraints allow, after the rows of the tables before it.
ROWS: dict[str, dict[str, Any]] = {
    "editors": {"email": "asel@transom.example", "name": "Asel", "active": True, "fs_uniquifier": "a"},
    "sessions": {"id": uuid.UUID(int=4), "editor_id": 1},
    "live_streams": {"id": uuid.UUID(int=5), "editor_id": 1},
    "heartbeats": {"name": "worker@here", "kind": "worker", "details": Jsonb({})},
    "pauses": {"queue": "photos", "editor_id": 1, "reason": "The disk is full"},
    "job_totals": {
        "queue": "photos",
        "outcome": "done",
        "measure": "run",
        "bucket": 0,
        "count": 1,
        "seconds": 0.5,
    },
    "jobs_counted": {"id": 1, "until": NOW},
    "queue_samples": {"queue": "photos", "at": NOW, "waiting": 1, "came": 2, "ended": 0},
    "web_loads": {
        "process": "here-1",
        "uploads": 1,
        "upload_places": 28,
        "waiting": 0,
        "connections": 3,
        "connection_places": 800,
    },
    "web_totals": {"event": "no_thread", "count": 1},
    "incidents": {
        "cause": "relay",
        "fault": "The relay has stopped.",
        "started_at": NOW,
        "most_waiting": 0,
        "returned": 0,
    },
    "health_watch": {"id": 1, "looked_at": NOW, "told_error": ""},
    "login_attempts": {"key": bytes(32), "count": 1},
    "totp_secrets": {"editor_id": 1, "sealed": b"secret", "counter": 1},
    "passkeys": {
        "editor_id": 1,
        "name": "Phone",
        "credential": b"id",
        "public_key": b"key",
        "sign_count": 0,
        "transports": ["internal"],
    },
    "recovery_codes": {"editor_id": 1, "hash": bytes(32)},
    "openid_links": {
        "editor_id": 1,
        "issuer": "https://login.example.org",
        "subject_hash": bytes(32),
        "sole": False,
    },
    "account_resets": {"editor_id": 1, "kind": "factor", "asked_by": 1, "token": "random"},
    "login_links": {"editor_id": 1, "token": "random"},
    "account_notices": {"editor_id": 1, "about_id": 1, "kind": "factor_added"},
    "phrase_lists": {"number": 1, "body": "cheap pills", "editor_id": 1},
    "magazine_texts": {
        "name": "consent",
        "language": "kk",
        "number": 1,
        "body": "Words",
        "editor_id": 1,
    },
    "setting_versions": {
        "number": 2,
        "choices": Jsonb({}),
        "source": "restored",
        "restored": 1,
        "editor_id": 1,
    },
    "logos": {"digest": "0" * 64, "format": "png", "content": b"picture"},
    "mail_tests": {"editor_id": 1, "problem": ""},
    "recent_texts": {"seen_at": NOW, "exact": bytes(16)},
    "hourly_counts": {"id": 1, "hour": bytes(16), "count": 1},
    "submissions": {
        "id": SUBMISSION,
        "status": "received",
        "version": 1,
        "receipt_hash": bytes(32),
        "language": "en",
        "section": "News",
        "consent_version": "1",
    },
    "submission_keys": {"submission_id": SUBMISSION, "holder": "receipt", "wrapped": bytes(60)},
    "clear_words": {"name": "revisions"},
    "deletions": {"id": 1001},
    "backups": {"id": SUBMISSION, "place": "/srv/backup", "made_at": NOW, "is_encrypted": True},
    "scrubs": {"id": 1, "problems": Jsonb([])},
    "photos": {
        "id": PHOTO,
        "submission_id": SUBMISSION,
        "position": 1,
        "status": "received",
        "original_key": "quarantine/x/y",
        "removed": Jsonb({}),
    },
    "revisions": {
        "submission_id": SUBMISSION,
        "number": 1,
        "title": b"Title",
        "html": b"<p>Text</p>",
        "words": 1,
        "report": Jsonb({}),
    },
    "batches": {"editor_id": 1, "verdict": "accept", "token": uuid.UUID(int=3)},
    "batch_items": {
        "batch_id": 1,
        "submission_id": SUBMISSION,
        "position": 1,
        "version": 1,
        "outcome": "waiting",
    },
    "decisions": {
        "submission_id": SUBMISSION,
        "revision_id": 1,
        "editor_id": 1,
        "verdict": "accept",
        "state": "standing",
    },
    "checklist_ticks": {"submission_id": SUBMISSION, "point": "faces", "editor_id": 1, "revision": 1},
    "publication_notes": {
        "submission_id": SUBMISSION,
        "editor_id": 1,
        "kind": "correction",
        "body": "Words",
        "dated": "2026-11-23",
    },
    "translation_links": {
        "translation_id": SUBMISSION,
        "source_id": SUBMISSION,
        "source_revision": 1,
        "editor_id": 1,
    },
    "answers": {"submission_id": SUBMISSION, "token_hash": bytes(32), "sealed": b"words"},
    "drafts": {
        "editor_id": 1,
        "submission_id": SUBMISSION,
        "kind": "note",
        "version": 1,
        "fields": b"",
    },
    "messages": {"submission_id": SUBMISSION, "body": b"Words"},
    "reading_links": {
        "submission_id": SUBMISSION,
        "editor_id": 1,
        "name": "Lawyer",
        "hash": bytes(32),
        "cookie_hash": bytes(32),
        "expires_at": NOW,
        "opened_at": NOW,
    },
    "link_keys": {"link_id": 1, "submission_id": SUBMISSION, "wrapped": bytes(60)},
    "notes": {"submission_id": SUBMISSION, "editor_id": 1, "body": b"Words"},
    "notifications": {"submission_id": SUBMISSION, "editor_id": 1, "kind": "mentioned"},
    "legal_holds": {
        "submission_id": SUBMISSION,
        "reason": "Words",
        "until": "2026-12-24",
        "asked_by": 1,
    },
    "holder_keys": {"editor_id": 1, "public": bytes(32), "salt": bytes(16), "sealed_private": bytes(60)},
    "sealed_originals": {"photo_id": PHOTO, "submission_id": SUBMISSION, "number": 1, "until": "2026-12-24"},
    "original_shares": {
        "photo_id": PHOTO,
        "first_id": 1,
        "second_id": 2,
        "first_share": bytes(80),
        "second_share": bytes(80),
    },
    "openings": {
        "submission_id": SUBMISSION,
        "asked_by": 1,
        "reason": b"Words",
        "state": "asked",
        "ends_at": NOW,
    },
    "opening_shares": {"opening_id": 1, "photo_id": PHOTO, "holder_id": 1, "wrapped": bytes(80)},
    "retention_steps": {"rule": "spam", "section": "News", "days": 30, "not_before": NOW},
    "deletion_counts": {
        "month": "2026-11-01",
        "status": "spam",
        "section": "News",
        "scope": "submission",
        "count": 1,
    },
    "presence": {"submission_id": SUBMISSION, "editor_id": 1, "page": 1, "doing": "reading"},
    "replies": {"verdict": "reject", "language": "en", "name": b"Late", "name_term": 1, "body": b"Words"},
    "retouches": {
        "submission_id": SUBMISSION,
        "photo_id": PHOTO,
        "editor_id": 1,
        "kind": "crop",
        "what": Jsonb({}),
        "state": "asked",
    },
    "face_searches": {
        "photo_id": PHOTO,
        "submission_id": SUBMISSION,
        "generation": 0,
        "state": "done",
        "areas": Jsonb([]),
    },
    "tokens": {"editor_id": 1, "name": "Mine", "hash": bytes(32), "scopes": ["read"], "expires_at": NOW},
    "search_keys": {"number": 1, "salt": bytes(32)},
    "search_entries": {
        "submission_id": SUBMISSION,
        "received_at": NOW,
        "arrival": 1,
        "terms": "",
        "bucket": 1,
        "links": [],
    },
    "views": {"editor_id": 1, "shared": False, "sealed": b"sealed", "name_hash": bytes(32)},
    "events": {"name": "submission.received", "submission_id": SUBMISSION, "data": Jsonb({})},
    "event_links": {
        "position": 1,
        "event_id": 1,
        "salt": bytes(32),
        "commitment": bytes(32),
        "hash": bytes(32),
    },
    "unlinked_events": {"event_id": 77},
    "chain_progress": {"id": 1, "complete_at": NOW},
    "jobs": {"kind": "text.screen", "event_id": 1, "status": "pending", "attempts": 0},
}

NUMBERED = (
    "editors",
    "revisions",
    "batches",
    "decisions",
    "events",
    "reading_links",
    "holder_keys",
    "openings",
)
SECOND = {"id": 2, "email": "second@transom.example", "fs_uniquifier": "second"}


@dataclass(frozen=True)
class Violation:
    """Changes to a legal row of `table` that violate the constraint `name`.

    With `second`, the changed row is added beside the legal row.
    """

    table: str
    name: str
    changes: dict[str, Any] = field(default_factory=dict)
    second: bool = False

    def __str__(self) -> str:
        return self.name


class Rows:
    """Writes rows into a migrated database."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def insert(self, table: str, **changes: Any) -> None:
        """The legal row of `table` with `changes`."""
        row = ROWS.get(table, {}) | changes
        statement = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(sql.Placeholder() * len(row)),
        )
        self._connection.execute(statement, list(row.values()))

    def execute(self, statement: LiteralString, *values: Any) -> None:
        """Execute any other statement."""
        self._connection.execute(statement, values)

    def insert_before(self, table: str) -> None:
        """The legal rows of all tables that come before `table`, numbered 1 where they have numbers."""
        for earlier in list(ROWS)[: list(ROWS).index(table)]:
            self.insert(earlier, **({"id": 1} if earlier in NUMBERED else {}))
            if earlier == "holder_keys":
                self.insert_second_holder()

    def insert_second_holder(self) -> None:
        """A second account with a key, for shares of two people."""
        self.insert("editors", **SECOND)
        self.insert("holder_keys", id=2, editor_id=2)

    def refuse(self, case: Violation) -> None:
        """Assert that the database accepts the legal row, and refuses the changed row by the named constraint."""
        self.insert_before(case.table)
        with self._connection.transaction() as savepoint:
            self.insert(case.table)
            if not case.second:
                raise psycopg.Rollback(savepoint)
        with pytest.raises(psycopg.errors.IntegrityError) as caught:
            self.insert(case.table, **case.changes)
        assert caught.value.diag.constraint_name == case.name


def checks(connection: "psycopg.Connection[Any]") -> set[str]:
    """Names of all check constraints of the database."""
    found = connection.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
    )
    return {name for (name,) in found}


def tables(connection: "psycopg.Connection[Any]") -> set[str]:
    """Names of all tables."""
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name for (name,) in found if not re.match("alembic", name)}
