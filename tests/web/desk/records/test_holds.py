"""Legal holds on the desk and for admins: who asks, who confirms, and what pages, API and receipt then say."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from intake.models import LegalHold
from intake.web import Transom
from tests.cast import RunJobs, join
from tests.web.conftest import at_the_desk, count, newest
from tests.web.people import Contributor, Newsroom, receipt_of

DAY = (datetime.now(UTC) + timedelta(days=40)).date()
WORDS = f"{DAY.day} {DAY:%B %Y}"


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    return submitted()


def ask(chief: Newsroom, url: str, **changed: str) -> str:
    answer = chief.post(f"{url}/holds", **{"reason": "A <court>", "until": DAY.isoformat()} | changed)
    return chief.get(f"{url}/holds").text if answer.status_code == 303 else answer.text


def test_two_people_hold_a_submission(chief: Newsroom, admin: Newsroom, editor: Newsroom, url: str) -> None:
    assert "Age never deletes such a submission." in editor.get(url).text
    assert "No legal hold" in chief.get(f"{url}/holds").text
    assert "No legal holds" in admin.get("/admin/retention").text
    page = ask(chief, url)
    assert "Waits for a second person" in page
    assert "Confirm the hold" not in page
    assert "Ask for the hold" not in page
    chief.post(f"{url}/holds/1/confirmations")
    assert "Somebody else has to confirm" in chief.get(f"{url}/holds").text
    listed = admin.get("/admin/retention").text
    assert "A &lt;court&gt;" in listed
    assert "What I saw" not in listed
    assert admin.post("/admin/retention/holds/1/confirmations").status_code == 303
    assert f"A legal hold keeps it until {WORDS}" in editor.get(url).text
    assert f"Confirmed the legal hold until {WORDS}" in editor.get(url).text
    assert "Release the hold" not in editor.get(f"{url}/holds").text
    chief.post(f"{url}/holds/1/releases")
    assert "No legal hold" in chief.get(f"{url}/holds").text
    assert "Released the legal hold" in editor.get(url).text
    admin.post("/admin/retention/holds/1/confirmations")
    assert "has ended" in admin.get("/admin/retention").text


def test_who_may_confirm_sees_that_a_request_waits(
    chief: Newsroom, admin: Newsroom, editor: Newsroom, app: Transom, url: str
) -> None:
    other = at_the_desk(app, join("Ana Silva", "chief"))
    page = ask(chief, url)
    assert "The other chief editors and the admins are notified." in page
    assert "asks for a legal hold" not in chief.get("/desk/for-you").text
    assert "A chief editor asks for a legal hold." in other.get("/desk/for-you").text
    waits = f"A legal hold until {WORDS} is asked for."
    assert waits in other.get(url).text
    assert waits in editor.get(url).text
    notice = "A chief editor asks for a legal hold. A second person has to confirm it."
    assert notice in admin.get("/admin/people").text
    assert 'href="/admin/retention#holds-title">See it' in admin.get("/admin/people").text
    assert "A legal hold waits for a second person." in admin.get("/admin/").text
    admin.post("/admin/retention/holds/1/confirmations")
    assert notice not in admin.get("/admin/people").text
    assert "A legal hold waits" not in admin.get("/admin/").text
    assert "asks for a legal hold" not in other.get("/desk/for-you").text
    assert waits not in editor.get(url).text


def test_a_chief_editor_who_is_alone_is_told_so(chief: Newsroom, url: str) -> None:
    assert "Nobody else can confirm it yet" in ask(chief, url)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"reason": " "}, "Please give the reason."),
        ({"reason": "x" * 501}, "Please keep this to 500 characters."),
        ({"until": ""}, "Please give a day, such as 2027-03-01."),
        ({"until": "2001-01-01"}, "Please give a day from today on"),
        ({"until": "2999-01-01"}, "at most three years from now."),
    ],
)
def test_what_is_wrong_is_said(chief: Newsroom, url: str, words: dict[str, str], said: str) -> None:
    assert said in ask(chief, url, **words)
    assert count(LegalHold) == 0


def test_a_hold_of_another_submission_is_not_found(
    chief: Newsroom, url: str, submitted: Callable[..., str]
) -> None:
    ask(chief, url)
    other = submitted()
    for act in ("confirmations", "releases"):
        assert chief.post(f"{other}/holds/1/{act}").status_code == 404
        assert chief.post(f"{url}/holds/9/{act}").status_code == 404


def test_the_receipt_and_a_withdrawal_tell_of_the_hold(
    contributor: Contributor, chief: Newsroom, admin: Newsroom, run_jobs: RunJobs
) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    before = contributor.client.post("/receipt", data={"receipt": receipt}).text
    assert "legal reasons" not in before
    ask(chief, url)
    admin.post("/admin/retention/holds/1/confirmations")
    shown = contributor.client.post("/receipt", data={"receipt": receipt}).text
    assert f"It is kept for legal reasons until {WORDS}." in shown
    assert f"For legal reasons, it is kept until {WORDS}, and deleted after that." in shown
    assert "court" not in shown
    sent = {"receipt": receipt, "confirm": "y"}
    for _ in range(2):
        gone = contributor.client.post("/receipt/withdrawals", data=sent).text
        assert f"For legal reasons, it is kept until {WORDS}" in gone
        assert "Your text and your photos are deleted." not in gone
    after = contributor.client.post("/receipt", data={"receipt": receipt}).text
    assert f"It is kept for legal reasons until {WORDS}, and deleted after that." in after
    assert "being deleted" not in after
    answer = contributor.client.post("/api/v1/receipts/status", data={"receipt": receipt})
    assert answer.get_json()["held_until"] == DAY.isoformat()
    answer = contributor.client.post("/api/v1/receipts/withdrawals", data={"receipt": receipt})
    assert answer.get_json() == {"status": "withdrawn", "held_until": DAY.isoformat()}
