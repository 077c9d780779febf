"""Records when a contributor acted, and finds these times in tables, files and pages."""

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from intake.backup import tables
from intake.db import Base, driver_connection, transaction
from intake.jobs.coarsening import coarsen_ended
from intake.models import Job
from intake.settings import settings
from tests.cast import RunJobs

TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00(?::00)?|Z| UTC)?(?!\d)")
ELEMENT = re.compile(r'<time datetime="(\d{4}-\d\d-\d\d)"(?: title="([^"]*)")?>([^<]*)</time>')


class Witness:
    """Remembers when the contributor acted, and finds these times in texts."""

    def __init__(self, run_jobs: RunJobs) -> None:
        self.spans: list[tuple[datetime, datetime]] = []
        self._run_jobs = run_jobs

    @contextmanager
    def act(self) -> Iterator[None]:
        """Record the time span of an act of the contributor. The resulting jobs run at once, and mail is not delayed."""
        time.sleep(0.01)
        begin = datetime.now(UTC)
        yield
        self._run_jobs()
        with transaction() as session:
            session.execute(
                update(Job).where(Job.status == "pending").values(run_at=func.now(), turn_at=func.now())
            )
        self._run_jobs()
        self.spans.append((begin, datetime.now(UTC)))
        time.sleep(0.01)

    def found_in(self, words: str) -> list[str]:
        """Return the times in a text that tell when the contributor acted."""
        return [at.isoformat() for at in map(_read, TIME.finditer(words)) if self.is_told_by(at)]

    def is_told_by(self, at: datetime) -> bool:
        """Return whether a time is within an act. A time without fractional seconds stands for the whole second."""
        length = timedelta() if at.microsecond else timedelta(seconds=1)
        return any(begin <= at + length and at <= end for begin, end in self.spans)


def _read(found: re.Match[str]) -> datetime:
    return datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC)


def stored(session: Session) -> dict[str, str]:
    """Return all rows of each table, in the format of a backup."""
    connection = driver_connection(session)
    for setting in tables.SESSION_SETTINGS:
        connection.execute(setting)
    rows = {}
    for table in Base.metadata.tables:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT".encode()) as copy:
            rows[table] = b"".join(bytes(chunk) for chunk in copy).decode()
    return rows


def ten_minutes_pass() -> None:
    with transaction() as session:
        coarsen_ended(session, timedelta())


def check_stored(witness: Witness) -> None:
    """Assert that no table and no file tells when the contributor acted, once ten minutes have passed."""
    ten_minutes_pass()
    with transaction() as session:
        told = {table: found for table, rows in stored(session).items() if (found := witness.found_in(rows))}
    assert told == {}, told
    for path in settings().files_dir.rglob("*"):
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        assert path.name in {"quarantine", "clean"} or not witness.is_told_by(changed), path


def check_shown(witness: Witness, pages: Iterable[TestResponse]) -> None:
    """Assert that no page tells when the contributor acted, and that dates of the contributor have no time of day."""
    for page in pages:
        assert witness.found_in(page.text) == [], page.request.path
        for day, title, said in ELEMENT.findall(page.text):
            assert not re.search(r"hour|minute|second|just now", said), page.request.path
            assert "00:00" not in title + said, day
