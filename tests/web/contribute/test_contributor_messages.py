import pytest

from intake.models import Message, Submission
from intake.web.contribute.contributor_messages import ENOUGH, SENT
from tests.cast import RunJobs
from tests.web.conftest import count, newest
from tests.web.people import Contributor, receipt_of, value


def test_a_message_at_any_time(contributor: Contributor, run_jobs: RunJobs) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    page = contributor.look(receipt).text
    assert 'action="/receipt/answers"' not in page
    token = value(page[page.index('action="/receipt/messages"') :], "token")
    fields = {"receipt": receipt, "token": token, "letter": "Is it \u200b<safe>?\n\nI wait."}
    for _ in range(2):
        sent = contributor.client.post("/receipt/messages", data=fields)
        assert sent.status_code == 200
        assert SENT in sent.text
        assert sent.text.count("Is it &lt;safe&gt;?") == 1
    assert count(Message) == 1
    assert newest().status == "in_review"


@pytest.mark.parametrize("letter", ["", "  ", "\u200b", "x" * 5001])
def test_a_message_has_words_and_an_end(contributor: Contributor, letter: str) -> None:
    receipt = receipt_of(contributor.send())
    page = contributor.look(receipt).text
    token = value(page[page.index('action="/receipt/messages"') :], "token")
    sent = contributor.client.post(
        "/receipt/messages", data={"receipt": receipt, "token": token, "letter": letter}
    )
    assert sent.status_code == 422
    assert letter.strip() in sent.text
    assert count(Message) == 0


def test_a_flood_of_messages_ends(contributor: Contributor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.messages.conversation.MESSAGES_A_DAY", 1)
    receipt = receipt_of(contributor.send())
    codes = []
    for _ in range(2):
        page = contributor.look(receipt).text
        token = value(page[page.index('action="/receipt/messages"') :], "token")
        data = {"receipt": receipt, "token": token, "letter": "Again"}
        sent = contributor.client.post("/receipt/messages", data=data)
        codes.append(sent.status_code)
    assert codes == [200, 429]
    assert ENOUGH in sent.text
    assert count(Message) == 1


def test_a_withdrawn_story_takes_no_message(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.send())
    page = contributor.look(receipt).text
    token = value(page[page.index('action="/receipt/messages"') :], "token")
    contributor.client.post("/receipt/withdrawals", data={"receipt": receipt, "confirm": "y"})
    sent = contributor.client.post(
        "/receipt/messages", data={"receipt": receipt, "token": token, "letter": "Wait"}
    )
    assert sent.status_code == 409
    assert "Wait" in sent.text
    assert count(Message) == 0
    assert count(Submission) == 1
