"""Every column that could hold words is emptied by a purge, or listed here with the reason why it is kept.

The tests fail for a new column until it is emptied or listed, and for a new table that neither refers to submissions
nor is listed.
"""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.types.json import Jsonb
from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    LargeBinary,
    Table,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from intake.db import Base, transaction
from intake.settings import Settings
from intake.submissions.removal import purge
from tests.models.rows import ROWS, SUBMISSION, Rows
from tests.stored import everything

WORD = "CNRYcolumn"

# Table that does not refer to submissions → reason why it contains no words of a submission.
OTHERS = {
    "account_notices": "Notices to accounts of the desk.",
    "account_resets": "Accounts of the desk.",
    "backups": "Folders and times of backups.",
    "batches": "Messages for all submissions of a batch, emptied once each decision has its own.",
    "chain_progress": "A time of the scheduler.",
    "clear_words": "Names of tables.",
    "deletion_counts": "Counts of deletions by month, status and section.",
    "deletions": "A number for each deletion that no scrub has followed yet.",
    "editor_roles": "Accounts of the desk.",
    "editors": "Accounts of the desk.",
    "health_watch": "Processes of the installation.",
    "heartbeats": "Processes of the installation.",
    "holder_keys": "Key pairs of the desk's accounts.",
    "hourly_counts": "The number of submissions in one hour, and a keyed hash of the hour.",
    "incidents": "Times when submissions were not processed, and counts.",
    "job_totals": "Counts.",
    "jobs_counted": "Counts.",
    "live_streams": "Open pages of the desk's accounts.",
    "login_attempts": "Hashes of the desk's addresses.",
    "login_links": "Accounts of the desk.",
    "openid_links": "Accounts of the desk.",
    "passkeys": "Accounts of the desk.",
    "pauses": "An admin's reason to pause a queue. Admins read no submission.",
    "logos": "Pictures that admins chose for all pages.",
    "mail_tests": "Test messages to admins.",
    "setting_versions": "Settings that admins chose. The address of the mail server is encrypted.",
    "magazine_texts": "Texts that admins wrote for all contributors.",
    "phrase_lists": "Phrases that admins wrote.",
    "queue_samples": "Counts.",
    "recent_texts": "Keyed hashes of texts, without submissions. Deleted after three days.",
    "recovery_codes": "Hashes of codes of the desk's accounts.",
    "replies": "Texts that the desk writes for many contributors.",
    "retention_steps": "Periods that the settings choose.",
    "roles": "A fixed list.",
    "scrubs": "Times of scrubs, and sentences of ours about them.",
    "search_keys": "Random salts of the search keys.",
    "sessions": "Accounts of the desk.",
    "totp_secrets": "Accounts of the desk.",
    "tokens": "Tokens of programs.",
    "unlinked_events": "Numbers of events.",
    "web_loads": "Counts.",
    "web_totals": "Counts.",
    "views": "Filters of the queue that an editor saved, sealed.",
}

# Tables from which a purge deletes all rows of the submission.
DELETED = {
    "answers", "batch_items", "checklist_ticks", "drafts", "face_searches", "legal_holds", "link_keys",
    "messages", "notes", "opening_shares", "openings", "original_shares", "presence", "publication_notes", "reading_links",
    "retouches", "sealed_originals", "search_entries", "submission_keys", "translation_links",
}  # fmt: skip

# Column that a purge keeps → reason why it shows nothing of the contributor.
KEPT = {
    "submissions.receipt_hash": "The receipt's page says for a day that the submission is deleted. Then the sweep forgets it.",
    "submissions.language": "A code of our list. Figures count by it.",
    "submissions.section": "A name of the magazine's list. Figures count by it.",
    "submissions.lane": "Computed from the status. NULL once purged.",
    "photos.format": "jpeg, png, webp or gif.",
    "decisions.code": "A code of our list of reasons.",
    "batch_items.problem": "A code of our list of problems.",
    "events.name": "A name of our list of events.",
    "event_links.commitment": "A hash of an event under a salt, which a purge deletes.",
    "event_links.hash": "A hash of what a purge keeps of an event.",
    "jobs.kind": "A name of our list of kinds.",
    "jobs.slot": "Name and time of a schedule.",
    "jobs.worker": "Name of a process.",
    "jobs.stage": "A name of our code.",
    "jobs.error": "Class of an error, and a message only where our code wrote it.",
    "jobs.traceback": "Files and lines of our code.",
}

NO_WORDS = (Boolean, Date, DateTime, Double, Integer, Uuid)


def tables() -> list[Table]:
    """Tables that refer to submissions, directly or through another table, and submissions itself first."""
    found = {"submissions"}
    for table in Base.metadata.sorted_tables:
        if any(key.column.table.name in found for key in table.foreign_keys):
            found.add(table.name)
    cyclic = Base.metadata.tables["submissions"]  # refers to its decision
    return [cyclic, *(one for one in Base.metadata.sorted_tables if one.name in found and one is not cyclic)]


def holds_words(column: "Column[Any]") -> bool:
    """Return whether a column can hold anything but numbers, times, or values from a list in a CHECK constraint."""
    kind = column.type.item_type if isinstance(column.type, ARRAY) else column.type
    checks = (one for one in column.table.constraints if isinstance(one, CheckConstraint))
    listed = any(re.match(rf"{column.name} IN \(", str(one.sqltext)) for one in checks)
    return not isinstance(kind, NO_WORDS) and not listed


def emptied(table: Table) -> list["Column[Any]"]:
    """Columns of a table that hold words and must be emptied."""
    return [one for one in table.columns if holds_words(one) and f"{table.name}.{one.name}" not in KEPT]


def planted(column: "Column[Any]") -> Any:
    """The planted word, as a value of the column."""
    if isinstance(column.type, LargeBinary):
        return WORD.encode().ljust(SIZES.get(f"{column.table.name}.{column.name}", 32), b".")
    if isinstance(column.type, JSONB):
        return Jsonb({"word": WORD})
    return [WORD] if isinstance(column.type, ARRAY) else WORD


SIZES = {
    "link_keys.wrapped": 60,
    "submission_keys.wrapped": 60,
    "opening_shares.wrapped": 80,
    "original_shares.first_share": 80,
    "original_shares.second_share": 80,
}
"""Column of binary data → required number of bytes, if other than 32."""
# Constraints of these tables forbid a row with a value in every column, so several rows are inserted.
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "photos": [
        {"position": 1, "full_key": None, "web_key": None, "thumb_key": None, "reason": None},
        {
            "id": "00000000-0000-0000-0000-000000000011",
            "position": 2,
            "status": "clean",
            "format": "jpeg",
            "width": 4,
            "height": 3,
            "original_key": None,
            "reason": None,
        },
        {
            "id": "00000000-0000-0000-0000-000000000012",
            "position": 3,
            "status": "refused",
            "original_key": None,
            "full_key": None,
            "web_key": None,
            "thumb_key": None,
        },
    ],
    "revisions": [{"number": 0, "title": None, "html": None}, {"number": 1, "sealed": None}],
    "submissions": [{"status": "withdrawn"}],
}


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows that may belong to the submission, with the planted word in each column to empty."""
    known = {table.name: table for table in tables()}
    for name in ROWS:
        word = {one.name: planted(one) for one in emptied(known[name])} if name in known else {}
        for variant in VARIANTS.get(name, [{}]):
            yield name, word | variant


def test_every_table_is_about_submissions_or_listed() -> None:
    assert {table.name for table in Base.metadata.sorted_tables} == {t.name for t in tables()} | OTHERS.keys()
    assert not {table.name for table in tables()} & OTHERS.keys()


def test_what_is_listed_as_kept_is_there_and_could_hold_words() -> None:
    words = {f"{table.name}.{one.name}" for table in tables() for one in table.columns if holds_words(one)}
    assert KEPT.keys() <= words
    assert {table.name for table in tables()} >= DELETED


def test_a_purge_leaves_nothing_in_any_column(app_settings: Settings) -> None:
    there = set()
    with psycopg.connect(app_settings.database_url) as connection:
        write = Rows(connection)
        for name, row in rows():
            write.insert(name, **row)
            if name == "holder_keys":
                write.insert_second_holder()
            there |= {f"{name}.{column}" for column, value in row.items() if WORD in str(value)}
    expected = {f"{table.name}.{one.name}" for table in tables() for one in emptied(table)}
    assert there == expected
    before = everything(app_settings)
    assert {name for name, text in before.items() if WORD in text} == {name.split(".")[0] for name in there}
    with transaction() as session:
        purge(session, SUBMISSION)
    found = everything(app_settings)
    assert {name for name, text in found.items() if WORD in text} == set()
    assert {name for name in DELETED if found[name]} == set()


@pytest.mark.parametrize("table", ["submissions", "photos"])
def test_the_database_refuses_words_in_what_is_purged(app_settings: Settings, table: str) -> None:
    """A database constraint protects purged rows from any code that writes, not only from mistakes in `purge`."""
    with psycopg.connect(app_settings.database_url) as connection:
        write = Rows(connection)
        for name, row in rows():
            write.insert(name, **row)
            if name == "holder_keys":
                write.insert_second_holder()
    with transaction() as session:
        purge(session, SUBMISSION)
    with psycopg.connect(app_settings.database_url, autocommit=True) as connection:
        for column in emptied(Base.metadata.tables[table]):
            change = sql.SQL("UPDATE {} SET {} = %s").format(
                sql.Identifier(table), sql.Identifier(column.name)
            )
            with pytest.raises(errors.CheckViolation):
                connection.execute(change, [planted(column)])
