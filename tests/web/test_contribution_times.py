"""A submission goes through form, screening, review, question, answer and withdrawal. Nothing tells a time of its contributor.

Each act of the contributor, with the jobs that follow it, is a span of time. No exact time within such a span may be stored
or shown anywhere. Acts of editors lie between the spans.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, text, update
from sqlalchemy.orm import Session

from intake.backup import tables
from intake.db import Base, driver_connection, transaction
from intake.jobs.coarsening import coarsen_ended
from intake.models import Job
from intake.settings import Settings, settings
from intake.web import Transom
from tests.cast import RunJobs, join
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.contribute.test_answer_views import form
from tests.web.people import Contributor, Newsroom, receipt_of, value
from tests.web.programs import DESK, Program, token_of

TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00(?::00)?|Z| UTC)?(?!\d)")
ELEMENT = re.compile(r'<time datetime="(\d{4}-\d\d-\d\d)"(?: title="([^"]*)")?>([^<]*)</time>')


class Witness:
    """Remembers when the contributor acted, and finds these times in texts."""

    def __init__(self, run_jobs: RunJobs) -> None:
        self.spans: list[tuple[datetime, datetime]] = []
        self._run_jobs = run_jobs

    @contextmanager
    def act(self) -> Iterator[None]:
        """Act of the contributor. The jobs that follow run at once, and the mail is not put off."""
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
        """Return whether a time lies in an act. A time without a fraction stands for a whole second."""
        length = timedelta() if at.microsecond else timedelta(seconds=1)
        return any(begin <= at + length and at <= end for begin, end in self.spans)


def _read(found: re.Match[str]) -> datetime:
    return datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC)


def stored(session: Session) -> dict[str, str]:
    """Return all rows of each table, as a backup has them."""
    connection = driver_connection(session)
    for setting in tables.SESSION_SETTINGS:
        connection.execute(setting)
    rows = {}
    for table in Base.metadata.tables:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT".encode()) as copy:
            rows[table] = b"".join(bytes(chunk) for chunk in copy).decode()
    return rows


@pytest.fixture
def witness(app_settings: Settings, run_jobs: RunJobs) -> Witness:
    """Someone who was there."""
    return Witness(run_jobs)


@pytest.fixture(params=["day", "half-day"])
def time_grain(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, app_settings: Settings
) -> Iterator[str]:
    """Each value of the setting."""
    monkeypatch.setenv("TRANSOM_TIME_GRAIN", request.param)
    settings.cache_clear()
    yield request.param
    settings.cache_clear()


class Story:
    """Story of one submission, in which contributor and editor act in turns."""

    def __init__(self, witness: Witness, contributor: Contributor, editor: Newsroom) -> None:
        self.witness, self.contributor, self.editor = witness, contributor, editor
        self.receipt = ""

    @property
    def url(self) -> str:
        return f"/desk/submissions/{newest().id}"

    def send(self) -> None:
        with self.witness.act():
            sent = self.contributor.send(File("photo-1", JPEG), File("photo-2", JPEG), contact="signal")
        self.receipt = receipt_of(sent)

    def ask(self) -> None:
        self.editor.post(f"{self.url}/claims")
        self.editor.post(f"{self.url}/notes", note="Who knows her?")
        asked = self.editor.post(
            f"{self.url}/decisions",
            verdict="request_changes",
            code="facts",
            message="When was it?",
            version="2",
        )
        assert asked.status_code == 303, asked.text
        self.witness._run_jobs()
        assert newest().status == "changes_requested"

    def answer(self) -> None:
        fields = form(self.contributor, self.receipt, text=True) | {
            "message": "In May.",
            "title": "Other",
            "leave_out": "1",
        }
        with self.witness.act():
            sent = self.contributor.post("/receipt/answers", fields, [File("photo-1", JPEG)])
        assert "Your answer has arrived" in sent.text
        assert newest().status == "in_review"

    def write(self) -> None:
        page = self.contributor.look(self.receipt).text
        token = value(page[page.index('action="/receipt/messages"') :], "token")
        with self.witness.act():
            self.contributor.client.post(
                "/receipt/messages", data={"receipt": self.receipt, "token": token, "letter": "And then?"}
            )

    def withdraw(self) -> None:
        with self.witness.act():
            self.contributor.client.post(
                "/receipt/withdrawals", data={"receipt": self.receipt, "confirm": "y"}
            )
        assert newest().status == "purged"


@pytest.fixture
def story(time_grain: str, witness: Witness, contributor: Contributor, editor: Newsroom) -> Story:
    """The story before its beginning."""
    return Story(witness, contributor, editor)


def ten_minutes_pass() -> None:
    with transaction() as session:
        coarsen_ended(session, timedelta())


def test_nothing_stored_tells_when_the_contributor_acted(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        story.send()
        story.ask()
        story.answer()
        story.write()
        check(story.witness)
        story.withdraw()
        check(story.witness)
    assert len(story.witness.spans) == 4
    assert [record for record in caplog.records if str(newest().id)[:8] in record.getMessage()] == []
    assert not [
        record
        for record in caplog.records
        if story.witness.is_told_by(datetime.fromtimestamp(record.created, UTC))
        and record.name.partition(".")[0] in {"intake", "workers"}
    ]


def check(witness: Witness) -> None:
    ten_minutes_pass()
    with transaction() as session:
        told = {table: found for table, rows in stored(session).items() if (found := witness.found_in(rows))}
    assert told == {}
    for path in settings().files_dir.rglob("*"):
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        assert path.name in {"quarantine", "clean"} or not witness.is_told_by(changed)


def test_the_search_finds_exact_times(story: Story) -> None:
    """Otherwise the other tests would prove nothing."""
    story.send()
    with transaction() as session:
        assert story.witness.found_in(stored(session)["jobs"])
        session.execute(text("UPDATE events SET at = (SELECT min(finished_at) FROM jobs)"))
        assert story.witness.found_in(stored(session)["events"])


@pytest.fixture
def program(app: Transom, editor: Newsroom) -> Program:
    """Client of the API and the feeds that may read all."""
    person = join("Timur Aliyev", "editor", "chief", "admin")
    return Program(app.test_client(), token_of(person, "read", "feed", "admin"))


def test_no_page_and_no_answer_tells_when_the_contributor_acted(story: Story, program: Program) -> None:
    story.send()
    story.ask()
    shown(story, program)
    story.answer()
    story.write()
    shown(story, program)
    accepted = story.editor.post(f"{story.url}/decisions", verdict="accept", version=str(newest().version))
    assert accepted.status_code == 303
    story.witness._run_jobs()
    assert newest().status == "accepted"
    shown(story, program)
    story.withdraw()
    shown(story, program, least=9)


def shown(story: Story, program: Program, least: int = 11) -> None:
    ten_minutes_pass()
    number = newest().id
    pages = [story.contributor.look(story.receipt)]
    pages += [story.contributor.client.post("/api/v1/receipts/status", data={"receipt": story.receipt})]
    for path in (
        "",
        "?lane=all&sort=newest",
        "?lane=machine",
        "for-you",
        f"submissions/{number}",
        f"submissions/{number}/revisions/1",
    ):
        pages.append(story.editor.get(f"/desk/{path}"))
    for address in (
        DESK,
        f"{DESK}/{number}",
        f"{DESK}/{number}/revisions/1",
        "/feeds/accepted.json",
        "/feeds/accepted.atom",
        "/api/v1/admin/jobs?state=done",
    ):
        pages.append(program.get(address))
    assert sum(page.status_code == 200 for page in pages) >= least
    for page in pages:
        assert story.witness.found_in(page.text) == [], page.request.path
        for day, title, said in ELEMENT.findall(page.text):
            assert not re.search(r"hour|minute|second|just now", said), page.request.path
            assert "00:00" not in title + said, day


def test_looking_at_a_receipt_leaves_no_trace(story: Story) -> None:
    """So nobody learns when a reply was read."""
    story.send()
    story.ask()
    with transaction() as session:
        before = stored(session)
    assert "When was it?" in story.contributor.look(story.receipt).text
    with transaction() as session:
        assert stored(session) == before


def test_the_order_within_a_day_is_that_of_arrival(
    contributor: Contributor, run_jobs: RunJobs, editor: Newsroom
) -> None:
    for title in "ABCDE":
        contributor.send(title=title)
    run_jobs()
    for sort, titles in (("waiting", "ABCDE"), ("oldest", "ABCDE"), ("newest", "EDCBA")):
        page = editor.get(f"/desk/?sort={sort}").text
        assert re.findall(r'class="story__link"[^>]*>(.)</a>', page) == list(titles), sort
