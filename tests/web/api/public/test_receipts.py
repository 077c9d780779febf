from datetime import timedelta

import pytest

from intake.db import transaction
from intake.models import Answer, Message
from intake.retention import holds
from intake.settings import Settings
from intake.web import Transom
from tests.cast import RunJobs, join
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.conftest import JPEG, count, opened, quarantine
from tests.web.contribute.test_answer_views import ASKED, ask
from tests.web.people import Contributor, receipt_of

KEY = "0123456789abcdefghijklmn"


@pytest.fixture
def asked(app: Transom, contributor: Contributor, run_jobs: RunJobs) -> str:
    receipt = receipt_of(contributor.call(File("photo-1", JPEG)))
    run_jobs()
    ask(app)
    return receipt


def test_a_program_asks_answers_and_asks_again(
    contributor: Contributor, asked: str, run_jobs: RunJobs
) -> None:
    status = contributor.client.post(
        "/api/v1/receipts/status", data={"receipt": asked.lower(), "with_text": "yes"}
    )
    told = status.get_json()
    assert (status.status_code, told["status"], told["may_answer"]) == (200, "changes_requested", True)
    assert [(one["from"], one["body"]) for one in told["messages"]] == [("desk", ASKED)]
    assert told["text"] == {
        "title": "What I saw", "body": "They came at night.\n\nWe were asleep.", "format": "plain", "language": "en",
    }  # fmt: skip
    fields = {"receipt": asked, "message": "In May.", "body": "New text", "leave_out": "1"}
    for _ in range(2):
        sent = contributor.post(
            "/api/v1/receipts/answers", fields, [File("photo-1", JPEG)], headers={"Idempotency-Key": KEY}
        )
        assert (sent.status_code, sent.get_json()["status"]) == (201, "received")
    run_jobs()
    told = contributor.client.post("/api/v1/receipts/status", data={"receipt": asked}).get_json()
    assert (told["status"], told["may_answer"]) == ("in_review", False)
    assert "text" not in told
    assert [one["from"] for one in told["messages"]] == ["desk", "you"]
    assert [photo["position"] for photo in told["photos"]] == [2]
    assert count(Answer) == 1
    with opened() as found:
        assert found.revisions[-1].html == "<p>New text</p>"


def test_a_program_writes_a_message(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.call())
    for _ in range(2):
        sent = contributor.client.post(
            "/api/v1/receipts/messages",
            data={"receipt": receipt, "letter": "Hello"},
            headers={"Idempotency-Key": KEY},
        )
        assert sent.status_code == 201
    assert count(Message) == 1
    empty = contributor.client.post("/api/v1/receipts/messages", data={"receipt": receipt, "letter": " "})
    assert (empty.status_code, list(empty.get_json()["errors"])) == (422, ["letter"])


@pytest.mark.parametrize("what", ["status", "answers", "messages"])
def test_another_receipt_is_not_found(contributor: Contributor, what: str) -> None:
    data = {"receipt": "ABCD-EFGH-JKMN-PQRS", "letter": "x", "message": "x"}
    answer = contributor.client.post(f"/api/v1/receipts/{what}", data=data)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_what_a_program_must_mend(contributor: Contributor, asked: str, app_settings: Settings) -> None:
    url = "/api/v1/receipts/answers"
    key = contributor.post(url, {"receipt": asked, "message": "x"}, headers={"Idempotency-Key": "short"})
    nothing = contributor.post(url, {"receipt": asked})
    written = contributor.post(url, {"receipt": asked, "body": "x", "format": "rtf"})
    late = contributor.post(url, {"receipt": asked, "message": "x" * 5001}, [File("photo-1", JPEG)])
    words = {"receipt": asked, "message": "x", "caption-1": "x" * 1001}
    caption = contributor.post(url, words, [File("photo-1", JPEG)])
    assert list(caption.get_json()["errors"]) == ["caption-1"]
    assert [one.status_code for one in (key, nothing, written, late, caption)] == [400, 422, 422, 422, 422]
    assert quarantine(app_settings) == []


def test_the_receipt_stands_before_the_photos(
    contributor: Contributor, asked: str, app_settings: Settings
) -> None:
    photo_first = multipart({}, [File("photo-1", JPEG)], closed=False)
    photo_first += multipart({"receipt": asked, "message": "x"})
    answer = contributor.client.post("/api/v1/receipts/answers", data=photo_first, content_type=MULTIPART)
    assert answer.status_code == 409
    assert quarantine(app_settings) == []


def test_what_is_not_asked_for_or_withdrawn_is_too_late(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.call())
    early = contributor.post("/api/v1/receipts/answers", {"receipt": receipt, "message": "x"})
    contributor.client.post("/receipt/withdrawals", data={"receipt": receipt, "confirm": "y"})
    gone = contributor.client.post("/api/v1/receipts/messages", data={"receipt": receipt, "letter": "x"})
    assert (early.status_code, gone.status_code) == (409, 409)


def test_a_program_sees_how_a_document_was_read(contributor: Contributor, run_jobs: RunJobs) -> None:
    document = File("document", b"They came at night\xe2\x80\x8b.", "story.txt")
    receipt = receipt_of(contributor.call(document, body=""))
    run_jobs()
    url, asks = "/api/v1/receipts/status", {"receipt": receipt}
    without = contributor.post(url, asks).get_json()
    told = contributor.post(url, {**asks, "with_text": "yes"}).get_json()
    assert without["read_text"] is None
    assert told["read_text"] == {"html": '<p dir="auto">They came at night.</p>', "language": "en"}
    assert told["about_text"] == ["Removed from your text: a zero-width character."]
    assert "text" not in told


def test_a_program_withdraws(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.call())
    url = "/api/v1/receipts/withdrawals"
    for _ in range(2):
        answer = contributor.client.post(url, data={"receipt": receipt.lower()})
        assert (answer.status_code, answer.get_json()) == (200, {"status": "withdrawn", "held_until": None})
    assert contributor.client.post(url, data={"receipt": "x"}).status_code == 404
    with opened() as found:
        assert found.status == "withdrawn"


def test_a_draft_is_no_submission_to_withdraw(contributor: Contributor) -> None:
    receipt = contributor.client.post("/api/v1/drafts").get_json()["receipt"]
    answer = contributor.client.post("/api/v1/receipts/withdrawals", data={"receipt": receipt})
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    status = contributor.client.post("/api/v1/receipts/status", data={"receipt": receipt}).get_json()
    assert (status["status"], status["may_withdraw"], status["may_write"]) == ("draft", False, False)


def test_a_legal_hold_is_told_before_and_after_a_withdrawal(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    chief, admin = join("Miriam Osei", "chief"), join("Daniel Ferreira", "admin")
    receipt = receipt_of(contributor.call())
    run_jobs()
    with opened() as found:
        submission_id = found.id
    with transaction() as session:
        until = holds.today(session) + timedelta(days=9)
        asked = holds.ask(session, submission_id, chief, "A court asked for it.", until)
        holds.confirm(session, asked.id, admin)
    status = contributor.post("/api/v1/receipts/status", {"receipt": receipt}).get_json()
    assert status["held_until"] == until.isoformat()
    answer = contributor.client.post("/api/v1/receipts/withdrawals", data={"receipt": receipt})
    assert answer.get_json() == {"status": "withdrawn", "held_until": until.isoformat()}
    run_jobs()
    with opened() as found:
        assert found.status == "withdrawn"
