"""Migration that rounds exact times of contributors' acts, and keeps the order of arrival."""

import uuid
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg.rows import dict_row

from intake.db import migrate
from intake.models import contribution_time
from tests.models.rows import Rows

BEFORE = "0017"
NOON = datetime(2026, 11, 23, 9, 30, 7, 123456, tzinfo=UTC)
DECIDED = NOON + timedelta(hours=3)
# The order of the ids differs from the order of arrival.
LATER, FIRST, DAY_BEFORE = (uuid.UUID(int=number) for number in (5, 7, 9))


def fill(rows: Rows) -> None:
    """Three submissions, one of which an editor has put on hold."""
    rows.insert("editors", id=1)
    for number, (ident, at) in enumerate(
        [(LATER, NOON + timedelta(seconds=1)), (FIRST, NOON), (DAY_BEFORE, NOON - timedelta(days=1))]
    ):
        rows.insert(
            "submissions",
            id=ident,
            receipt_hash=bytes([number] * 32),
            wrapped_key=bytes(40),
            received_at=at,
            waiting_since=at,
        )
        rows.insert("events", name="submission.received", submission_id=ident, at=at)
    held = "UPDATE submissions SET status = 'held', screened_at = %s, waiting_since = %s WHERE id = %s"
    rows.execute(held, NOON, DECIDED, FIRST)
    rows.insert("events", name="submission.held", submission_id=FIRST, editor_id=1, at=DECIDED)
    for number, editor in ((0, None), (1, None), (2, 1)):
        raw = {"sealed": b"words", "title": None, "html": None} if number == 0 else {}
        rows.insert("revisions", submission_id=FIRST, number=number, editor_id=editor, created_at=NOON, **raw)
    rows.insert("answers", submission_id=FIRST, sent_at=NOON, screened_at=NOON)
    for editor in (None, 1):
        rows.insert("messages", submission_id=FIRST, editor_id=editor, sent_at=NOON)
    for kind in ("answered", "mentioned"):
        rows.insert("notifications", submission_id=FIRST, kind=kind, created_at=NOON, mailed_at=NOON)
    rows.execute(
        "INSERT INTO search_entries (submission_id, received_at, terms) VALUES (%s, %s, '')", FIRST, NOON
    )
    rows.insert(
        "jobs", event_id=1, status="done", finished_at=NOON, started_at=NOON, created_at=NOON, run_at=NOON
    )
    rows.insert("jobs", event_id=2, created_at=NOON)
    rows.insert("jobs", event_id=None, slot="sweep@1", status="done", finished_at=NOON)


def test_times_are_truncated_and_the_order_is_kept(empty_database_url: str) -> None:
    url = empty_database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    migrate(url, BEFORE)
    with psycopg.connect(empty_database_url) as before:
        fill(Rows(before))
    migrate(url)
    with psycopg.connect(empty_database_url, row_factory=dict_row) as connection:

        def exact(table: str, column: str, order: str = "id") -> list[bool]:
            found = connection.execute(f"SELECT {column} AS at FROM {table} ORDER BY {order}".encode())
            return [not contribution_time.is_coarse_moment(row["at"]) for row in found]

        order = connection.execute("SELECT id FROM submissions ORDER BY received_at, arrival").fetchall()
        assert [row["id"] for row in order] == [DAY_BEFORE, FIRST, LATER]
        assert exact("submissions", "received_at") == [False] * 3
        assert exact("submissions", "waiting_since") == [False, True, False]
        assert exact("events", "at") == [False, False, False, True]
        assert exact("revisions", "created_at") == [False, False, True]
        assert exact("messages", "sent_at") == [False, True]
        for column in ("created_at", "mailed_at"):
            assert exact("notifications", column) == [False, True]
        for column in ("sent_at", "screened_at"):
            assert exact("answers", column) == [False]
        assert exact("search_entries", "received_at", "submission_id") == [False]
        assert exact("jobs", "created_at")[:2] == [False, True]
        entry = connection.execute("SELECT e.arrival = s.arrival AS same FROM search_entries e"
            " JOIN submissions s ON s.id = e.submission_id").fetchone()  # fmt: skip
        assert entry == {"same": True}
        new = connection.execute(
            "SELECT nextval(pg_get_serial_sequence('submissions', 'arrival'))"
        ).fetchone()
        assert new == {"nextval": 4}
