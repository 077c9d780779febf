"""Receipt of a submission that was decided before key pairs were introduced, on a server for contributors only.

The key of such a submission was never wrapped under its receipt, and the server has no private key.
"""

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from intake.crypto import keyring
from intake.db import transaction
from intake.keys.files import prepare
from intake.keys.rotation import write_public_secrets
from intake.models import Message, Photo, Submission
from intake.settings import Settings, settings
from intake.submissions.rewrapping import counts, rewrap_all
from intake.web import Transom
from tests.forgetting import forget
from tests.former_keys import former_wrap
from tests.web.contribute.test_receipt import settle
from tests.web.people import Contributor, receipt_of

MESSAGE, CAPTION = "CNRYmessage", "CNRYcaption"
CLOSED = "Your words and the messages cannot be shown here"


@pytest.fixture
def closed(
    app: Transom,
    contributor: Contributor,
    app_settings: Settings,
    made: Callable[..., Transom],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Contributor, str]:
    """Contributor on a server for contributors only, with the receipt of such an old submission, rejected."""
    receipt = receipt_of(contributor.send(title="CNRYtitle"))
    prepare(app_settings)
    with transaction() as session:
        here = session.scalars(select(Submission.id)).one()
        photo = Photo(
            id=uuid.uuid4(),
            submission_id=here,
            position=1,
            status="refused",
            reason="not_a_photo",
            caption=CAPTION,
        )
        session.add_all([photo, Message(submission_id=here, body=MESSAGE)])
        submission = session.get_one(Submission, here)
        submission.status, submission.screened_at = "in_review", submission.received_at
    settle(app, "reject", MESSAGE)
    with transaction() as session:
        former_wrap(session, here)
    rewrap_all()
    with transaction() as session:
        write_public_secrets(app_settings, keyring(), counts(session))
    monkeypatch.setenv("TRANSOM_WEB_SIDE", "public")
    forget()
    return Contributor(made(web_side="public").test_client()), receipt


def test_its_page_shows_all_that_needs_no_key(closed: tuple[Contributor, str]) -> None:
    contributor, receipt = closed
    answer = contributor.look(receipt)
    assert answer.status_code == 200
    assert CLOSED in answer.text
    assert "We will not publish it" in answer.text
    assert 'action="/receipt/withdrawals"' in answer.text
    for words in (MESSAGE, CAPTION, 'action="/receipt/messages"', 'action="/receipt/answers"'):
        assert words not in answer.text


def test_a_message_is_not_taken_and_not_lost(closed: tuple[Contributor, str]) -> None:
    contributor, receipt = closed
    words = {"receipt": receipt, "token": contributor.token(), "letter": "CNRYletter"}
    answer = contributor.client.post("/receipt/messages", data=words)
    assert answer.status_code == 409
    assert CLOSED in answer.text
    assert "CNRYletter" in answer.text


def test_it_can_be_withdrawn(closed: tuple[Contributor, str]) -> None:
    contributor, receipt = closed
    for _ in range(2):
        answer = contributor.client.post("/receipt/withdrawals", data={"receipt": receipt, "confirm": "yes"})
        assert answer.status_code == 200
    assert CLOSED not in contributor.look(receipt).text


def test_the_api_says_so(closed: tuple[Contributor, str]) -> None:
    contributor, receipt = closed
    answer = contributor.post("/api/v1/receipts/status", {"receipt": receipt})
    assert answer.status_code == 200
    found = answer.json
    assert found
    assert (found["is_closed"], found["status"], found["may_write"], found["messages"]) == (True, "rejected", False, [])  # fmt: skip
    assert found["photos"][0]["caption"] is None
    answer = contributor.post(
        "/api/v1/receipts/messages", {"receipt": receipt, "letter": "CNRYletter"}, headers={"Idempotency-Key": "k" * 30}
    )  # fmt: skip
    assert answer.status_code == 409


def test_a_server_with_all_keys_shows_everything(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.send())
    found = contributor.post("/api/v1/receipts/status", {"receipt": receipt}).json
    assert found
    assert found["is_closed"] is False


def test_a_missing_key_is_a_fault_where_one_belongs(
    closed: tuple[Contributor, str], made: Callable[..., Transom], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, receipt = closed
    monkeypatch.delenv("TRANSOM_WEB_SIDE")
    settings().private_key_path.unlink()
    forget()
    assert Contributor(made().test_client()).look(receipt).status_code == 500
