"""A submission goes through form, screening, review, question, answer and withdrawal. No times of its contributor leak.

Each act of the contributor, with the jobs that follow it, is a span of time. No exact time within such a span may be stored
or shown anywhere. Acts of editors lie between the spans.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from intake.db import transaction
from intake.settings import Settings, settings
from intake.web import Transom
from tests.cast import RunJobs, join
from tests.tampering import without_triggers
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.contribute.test_answer_views import form
from tests.web.contribute.test_draft_views import Writer
from tests.web.contribute.test_tus import Sender
from tests.web.people import Contributor, Newsroom, receipt_of, value
from tests.web.programs import DESK, Program, token_of
from tests.web.witness import Witness, check_shown, check_stored, stored, ten_minutes_pass


@pytest.fixture
def witness(app_settings: Settings, run_jobs: RunJobs) -> Witness:
    """Return the witness, which remembers when the contributor acted."""
    return Witness(run_jobs)


@pytest.fixture(params=["day", "half-day"])
def time_grain(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, app_settings: Settings
) -> Iterator[str]:
    """Run the test with each value of TRANSOM_TIME_GRAIN."""
    monkeypatch.setenv("TRANSOM_TIME_GRAIN", request.param)
    settings.cache_clear()
    yield request.param
    settings.cache_clear()


class Story:
    """Life of one submission, in which contributor and editor act in turns."""

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
            version=str(newest().version),
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


class DraftStory(Story):
    """Life of a submission that is written as a draft, on several occasions."""

    def send(self) -> None:
        writer = Writer(self.contributor.client)
        with self.witness.act():
            writer.begin()
        self.receipt = writer.receipt
        with self.witness.act():
            writer.save(File("photo", JPEG), File("photo", JPEG + b"2"), contact="signal")
        self._upload(writer)
        check_stored(self.witness)
        with self.witness.act():
            writer.open()
            first, second, _third = writer.photos()
            writer.save(**{f"caption-{first}": "The door"}, do=f"later {first}")
            writer.save(do=f"remove {second}")
        check_stored(self.witness)
        with self.witness.act():
            writer.open()
            writer.save(do="check")
            sent = writer.client.post(
                "/drafts/submissions",
                data={"receipt": self.receipt, "version": value(writer.page, "version"), "consent": "y"},
            )
        assert "It has arrived" in sent.text

    def _upload(self, writer: Writer) -> None:
        """Send a photo in two parts, with a pause between them."""
        sender = Sender(writer)
        with self.witness.act():
            location = sender.create(len(JPEG), upload="mark").location
            sender.patch(location, JPEG[:1000], 0)
        with self.witness.act():
            assert sender.patch(location, JPEG[1000:], 1000).status_code == 204


WAYS = {"at once": Story, "as a draft": DraftStory}


@pytest.fixture(params=WAYS)
def story(
    request: pytest.FixtureRequest,
    time_grain: str,
    witness: Witness,
    contributor: Contributor,
    editor: Newsroom,
) -> Story:
    """Return the story before its first act. Runs the test for each way to send a submission."""
    return WAYS[request.param](witness, contributor, editor)


def test_nothing_stored_tells_when_the_contributor_acted(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        story.send()
        story.ask()
        story.answer()
        story.write()
        check_stored(story.witness)
        story.withdraw()
        check_stored(story.witness)
    assert len(story.witness.spans) >= 4
    assert [record for record in caplog.records if str(newest().id)[:8] in record.getMessage()] == []
    assert not [
        record
        for record in caplog.records
        if story.witness.is_told_by(datetime.fromtimestamp(record.created, UTC))
        and record.name.partition(".")[0] in {"intake", "workers"}
    ]


def test_the_search_finds_exact_times(story: Story) -> None:
    """Check the search for exact times itself, on which the other tests rely."""
    story.send()
    with transaction() as session:
        assert story.witness.found_in(stored(session)["jobs"])
        without_triggers(session)
        session.execute(text("UPDATE events SET at = (SELECT max(finished_at) FROM jobs)"))
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
    check_shown(story.witness, pages)


def test_looking_at_a_receipt_leaves_no_trace(story: Story) -> None:
    """Test that opening a receipt stores nothing, so that nobody learns when a reply was read."""
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
