from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from intake import receipts
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Photo, Submission
from intake.publishing.publish import publish
from intake.web import Transom
from intake.web.contribute.receipt import NOT_KNOWN, NOT_SURE, TOO_LATE
from tests.cast import RunJobs
from tests.web.bodies import File
from tests.web.conftest import JPEG, add_account, newest
from tests.web.people import Contributor, receipt_of


@pytest.fixture
def receipt(contributor: Contributor) -> str:
    return receipt_of(
        contributor.send(File("photo-1", JPEG), File("photo-2", b"no photo"), **{"caption-1": "A door"})
    )


def settle(app: Transom, verdict: str, reason: str = "") -> None:
    """Decide on the submission as an editor."""
    editor_id = add_account(app, "asel", "editor")
    with transaction() as session:
        editor = session.get_one(Editor, editor_id)
        decide(
            session,
            newest().id,
            editor,
            newest().version,
            DecisionInput(verdict, "other" if verdict == "reject" else None, reason or None),
        )


def test_it_says_what_became_of_a_submission(
    contributor: Contributor, receipt: str, run_jobs: RunJobs
) -> None:
    before = contributor.look(receipt)
    assert before.status_code == 200
    assert "A machine is cleaning your text and photos" in before.text
    run_jobs()
    after = contributor.look(receipt).text
    assert "wait for an editor to read them" in after
    assert "A door" in after
    assert "Removed: the position." in after
    assert "We do not recognise this file as a photo. Please choose a photo" in after
    assert after.count("faces, places, signs, watermarks") == 1


def test_it_does_not_give_the_hint_for_editors(
    contributor: Contributor, receipt: str, run_jobs: RunJobs
) -> None:
    run_jobs()
    with transaction() as session:
        session.execute(update(Photo).values(notes={"made_by": "program", "incomplete": True}))
    page = contributor.look(receipt).text
    assert "The bottom of the picture is incomplete." in page
    assert "The file says" not in page


def test_it_says_what_was_removed_from_the_text(contributor: Contributor, run_jobs: RunJobs) -> None:
    code = receipt_of(contributor.send(body="A\u200bB and C\u200bD"))
    assert "Removed from your text" not in contributor.look(code).text
    run_jobs()
    assert "Removed from your text: 2 zero-width characters." in contributor.look(code).text


def test_it_shows_the_text_of_a_document(contributor: Contributor, run_jobs: RunJobs) -> None:
    document = File("document", "خرج <b> العمال".encode(), "story.txt")
    code = receipt_of(contributor.send(document, body="", language="ar"))
    assert "Your text as we read it" not in contributor.look(code).text
    run_jobs()
    page = contributor.look(code).text
    assert "<summary>Your text as we read it</summary>" in page
    assert (
        '<div class="about-text__words submission-text" lang="ar" dir="auto"><p dir="auto">خرج &lt;b&gt; العمال</p></div>'
        in page
    )
    contributor.client.post("/receipt/withdrawals", data={"receipt": code, "confirm": "y"})
    assert "العمال" not in contributor.look(code).text


def test_a_rejection_comes_with_its_message(
    app: Transom, contributor: Contributor, receipt: str, run_jobs: RunJobs
) -> None:
    run_jobs()
    settle(app, "reject", "Too long for us.")
    page = contributor.look(receipt).text
    assert "Too long for us." in page
    assert "Asel" not in page
    assert "Something else" not in page


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code.replace('-', ' – ')}\t",
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: " ".join(code.replace("-", "")),
    ],
    ids=["small", "no dashes", "spaces", "long dashes", "O and I", "o and l", "spread"],
)
def test_a_receipt_as_people_type_it(
    contributor: Contributor, receipt: str, typed: Callable[[str], str]
) -> None:
    assert contributor.look(typed(receipt)).status_code == 200


def test_zeros_and_ones_as_people_read_them(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.receipts.derive", lambda _token: "0011AAAABBBBCCCC")
    contributor.send()
    assert contributor.look("oOiL-aaaa-BBBB-cccc").status_code == 200


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCD-EFGH-JKMN-PQRS", 404),
        ("ABCD", 404),
        ("U" * 16, 404),
        ("x" * 100_000, 404),
        ("ABCD\0EFGHJKMNPQR", 404),
        ("<script>alert(1)</script>", 404),
        ("１２３４-５６７８-９０１２-３４５６", 404),
        ("", 422),
        ("  ", 422),
    ],
)
def test_what_is_no_receipt(contributor: Contributor, typed: str, code: int) -> None:
    answer = contributor.look(typed)
    assert answer.status_code == code
    assert (NOT_KNOWN if code == 404 else "Please type your receipt.") in answer.text
    assert "<script>alert" not in answer.text


def test_a_receipt_in_the_address_is_not_looked_at(contributor: Contributor, receipt: str) -> None:
    answer = contributor.client.get(f"/receipt?receipt={receipt}")
    assert answer.status_code == 200
    assert receipt not in answer.text


def withdraw(contributor: Contributor, receipt: str, **more: str) -> tuple[int, str]:
    answer = contributor.client.post("/receipt/withdrawals", data={"receipt": receipt, **more})
    return answer.status_code, answer.text


def status() -> str:
    return newest().status


def test_withdrawing_needs_the_tick(contributor: Contributor, receipt: str) -> None:
    code, page = withdraw(contributor, receipt)
    assert code == 422
    assert NOT_SURE in page
    assert f'name="receipt" value="{receipt}"' in page
    assert status() == "received"


def test_withdrawn(contributor: Contributor, receipt: str, run_jobs: RunJobs) -> None:
    code, page = withdraw(contributor, receipt.lower(), confirm="y")
    assert code == 200
    assert "Your story is withdrawn" in page
    assert status() == "withdrawn"
    assert "You withdrew it" in contributor.look(receipt).text
    again, _ = withdraw(contributor, receipt, confirm="y")
    assert again == 200
    run_jobs()
    assert status() == "purged"
    assert withdraw(contributor, receipt, confirm="y")[0] == 200
    page = contributor.look(receipt).text
    assert "Everything you sent has been deleted" in page
    assert "A door" not in page


@pytest.mark.parametrize("confirm", [{}, {"confirm": "y"}])
@pytest.mark.parametrize(("typed", "code"), [("ABCD-EFGH-JKMN-PQRS", 404), ("nonsense", 404), ("", 422)])
def test_withdrawing_what_is_not_there(
    contributor: Contributor, receipt: str, confirm: dict[str, str], typed: str, code: int
) -> None:
    assert withdraw(contributor, typed, **confirm)[0] == code
    assert status() == "received"


def test_what_is_published_cannot_be_withdrawn(
    app: Transom, contributor: Contributor, receipt: str, run_jobs: RunJobs
) -> None:
    run_jobs()
    settle(app, "accept")
    with transaction() as session:
        submission = session.get_one(Submission, newest().id)
        publish(session, submission.id, session.scalars(select(Editor)).one(), submission.version)
    code, page = withdraw(contributor, receipt, confirm="y")
    assert code == 409
    assert TOO_LATE in page
    assert status() == "published"


def test_a_slip_is_found_and_its_group_named(contributor: Contributor) -> None:
    first, *rest = receipts.grouped("0123456789ABCDEF").split("-")
    page = contributor.look("-".join(["2" + first[1:], *rest]))
    assert page.status_code == 404
    assert "There is a slip in group 1 of your receipt." in page.text
