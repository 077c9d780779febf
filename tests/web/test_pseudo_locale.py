"""Every page of contributors in the pseudo-locale: no text without a translation, no sentence made of two messages."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy import update

from intake import lifecycle, wording
from intake.db import transaction
from intake.documents.refusal import REASONS as DOCUMENT_REASONS
from intake.models import Photo, Submission
from intake.photos.refusal import REASONS
from intake.photos.removed import AMOUNTS, SUMMARY_KINDS
from intake.submissions import receipt_page, removal
from intake.submissions.receipt_page import DOUBTS, ReadText, ReceiptMessage, ReceiptPage
from intake.text.report import KINDS
from intake.translations import catalogue
from intake.web import Transom, errors, language
from intake.web.contribute import form_tokens
from intake.web.contribute import receipt as receipt_view
from tests.cast import RunJobs
from tests.translations.page_text import findings
from tests.translations.pseudo import Pseudo
from tests.web.bodies import File
from tests.web.conftest import JPEG
from tests.web.contribute.test_answer_views import ask, form
from tests.web.contribute.test_draft_views import Writer, photo
from tests.web.contribute.test_receipt import settle
from tests.web.people import Contributor, receipt_of, value

NOTES = {
    "raw": True, "pages": 3, "page": [1, 3], "pictures": 2, "made_smaller": [40, 30, 20, 15], "incomplete": True, "cut": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = Pseudo()
    monkeypatch.setattr(catalogue, "load", lambda _language: loaded)


@pytest.fixture
def names(app: Transom) -> frozenset[str]:
    """Words of the magazine, which are not translated."""
    settings = app.extensions["settings"]
    return frozenset({settings.magazine, *settings.section_names})


@pytest.fixture
def check(names: frozenset[str]) -> Callable[..., None]:
    """Function that asserts the status of a response, and that its page is translated."""

    def look(response: Any, status: int = 200) -> None:
        page = response.get_data(as_text=True)
        assert response.status_code == status
        assert "[!!" in page
        assert findings(page, names=names) == []

    return look


@pytest.fixture
def receipt(contributor: Contributor, run_jobs: RunJobs) -> str:
    found = receipt_of(
        contributor.send(File("photo-1", JPEG), File("photo-2", b"no photo"), **{"caption-1": "A door"})
    )
    run_jobs()
    return found


def test_pages_that_can_be_fetched(app: Transom, check: Callable[..., None]) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("contribute.")]
    fetched = {rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments}
    assert {"/", "/send", "/receipt", "/safety"} <= fetched
    for path in fetched:
        check(app.test_client().get(path))


def test_the_code_of_a_draft(app: Transom, check: Callable[..., None]) -> None:
    client = app.test_client()
    token = value(client.get("/").text, "token")
    check(client.post("/drafts", data={"token": token}))
    check(client.post("/drafts/confirmations", data={"token": token}), 422)
    check(client.post("/drafts", data={"token": "forged"}), 422)


@pytest.fixture
def writer(app: Transom) -> Writer:
    found = Writer(app.test_client())
    assert found.begin().status_code == 200
    return found


def test_writing_a_draft(writer: Writer, run_jobs: RunJobs, check: Callable[..., None]) -> None:
    check(writer.save(photo(), File("document", b"Words", "a.txt")))
    check(writer.save(File("photo", b"no photo")), 422)
    run_jobs()
    check(writer.open())
    check(writer.save(File("document", b"%PDF-1.7", "a.pdf")), 422)
    check(writer.save(body="ж" * 2_000_000), 422)


def test_a_draft_that_was_changed_elsewhere(writer: Writer, check: Callable[..., None]) -> None:
    before = writer.page
    writer.save(title="New")
    writer.save(title="Newer")
    writer.page = before
    check(writer.save(title="Older words", body="Older body"), 409)


def test_checking_and_sending_a_draft(writer: Writer, check: Callable[..., None]) -> None:
    check(writer.save(do="check", title="", body=""), 422)
    check(writer.save(do="check", title="", print_name="x" * 301, embargo_until="x"), 422)
    check(writer.save(do="check"))
    words = {name: value(writer.page, name) for name in ("receipt", "version")}
    check(writer.client.post("/drafts/submissions", data=words), 422)
    check(writer.client.post("/drafts/submissions", data={**words, "version": "0"}), 409)
    check(writer.client.post("/drafts/submissions", data={**words, "consent": "y"}))


def test_deleting_a_draft(writer: Writer, check: Callable[..., None]) -> None:
    check(writer.client.post("/drafts/deletions", data={"receipt": writer.receipt}), 422)
    check(writer.client.post("/drafts/deletions", data={"receipt": writer.receipt, "confirm": "y"}))


def test_a_draft_while_the_database_is_away(
    writer: Writer, database_away: Callable[[], AbstractContextManager[None]], check: Callable[..., None]
) -> None:
    with database_away():
        answer = writer.save()
    check(answer, 503)


@pytest.mark.parametrize("code", [400, 404, 405, 413, 415, 500, 503])
def test_error_pages(app: Transom, code: int, check: Callable[..., None]) -> None:
    with app.test_request_context("/receipt"):
        response = errors.page(code)
    check(response, code)


@pytest.mark.parametrize(("path", "method", "status"), [("/no", "GET", 404), ("/receipt", "PUT", 405)])
def test_addresses_that_are_wrong(
    app: Transom, path: str, method: str, status: int, check: Callable[..., None]
) -> None:
    check(app.test_client().open(path, method=method), status)


def test_a_request_that_is_too_large(made: Callable[..., Transom], check: Callable[..., None]) -> None:
    contributor = Contributor(made(max_request_bytes=1000).test_client())
    check(contributor.send(File("photo-1", JPEG + bytes(9000))), 413)


@pytest.mark.parametrize(
    "words",
    [
        {"title": "", "consent": ""},
        {"title": "x" * 301, "print_name": "x" * 301, "caption-1": "x" * 1001, "credit-2": "x" * 301},
        {"embargo_until": "tomorrow"},
        {"embargo_until": "1999-01-01 10:00"},
        {"embargo_until": f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d %H:%M}"},
        {"language": "xx", "section": "xx", "format": "xx"},
        {"body": ""},
        {"token": "forged"},
        {"body": "ж" * 2_000_000},
    ],
    ids=["empty", "long", "no time", "early", "past", "choices", "nothing", "expired", "text"],
)
def test_a_form_with_mistakes(
    contributor: Contributor, words: dict[str, str], check: Callable[..., None]
) -> None:
    check(contributor.send(**words), 422)


@pytest.mark.parametrize(
    ("limits", "files", "status"),
    [
        ({"max_photos": 1}, [File("photo-1", JPEG), File("photo-2", JPEG)], 413),
        ({"max_photo_bytes": 10}, [File("photo-1", JPEG)], 413),
        ({"max_photo_bytes": 10}, [File("photo-1", JPEG), File("photo-2", JPEG)], 413),
        ({"max_request_bytes": 3000}, [File("photo-1", JPEG), File("photo-2", JPEG)], 413),
        ({}, [File("document", b"a", "a.txt"), File("document", b"b", "b.txt")], 413),
        ({}, [File("document", b"%PDF-1.7", "a.pdf"), File("photo-1", JPEG)], 422),
        ({}, [File("document", b"", "a.txt")], 422),
    ],
    ids=["photos", "photo", "large photos", "all", "documents", "pdf", "empty document"],
)
def test_files_that_cannot_be_taken(
    made: Callable[..., Transom],
    limits: dict[str, int],
    files: list[File],
    status: int,
    check: Callable[..., None],
) -> None:
    check(Contributor(made(**limits).test_client()).send(*files), status)


def test_photos_alone_that_cannot_be_taken(contributor: Contributor, check: Callable[..., None]) -> None:
    check(contributor.send(File("photo-1", b""), File("photo-2", b"no photo"), body=""), 422)


@pytest.mark.parametrize("photos", [0, 1, 2])
def test_a_receipt(contributor: Contributor, photos: int, check: Callable[..., None]) -> None:
    token = contributor.token()
    files = [File(f"photo-{number}", JPEG) for number in range(photos)]
    document = File("document", b"Words of a document.", "a.txt")
    check(contributor.send(*files, File("photo-9", b"no photo"), document, token=token))
    check(contributor.send(*files, token=token))


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Function that replaces parts of the status page, because reaching these states would take many editors' decisions."""

    def change(**parts: Any) -> None:
        def page(*arguments: Any) -> ReceiptPage:
            found = receipt_page.receipt_page(*arguments)
            assert found
            return replace(found, **parts)

        monkeypatch.setattr(receipt_view, "receipt_page", page)

    return change


@pytest.mark.parametrize("status", [one for one in wording.contributor_statuses() if one != lifecycle.UNSENT])
@pytest.mark.parametrize("mine", [True, False])
def test_the_status_page(
    contributor: Contributor,
    receipt: str,
    status: str,
    mine: bool,
    show: Callable[..., None],
    check: Callable[..., None],
) -> None:
    show(status=status, messages=[ReceiptMessage("From me", datetime.now(UTC), mine)])
    check(contributor.look(receipt))


@pytest.mark.parametrize("verdict", ["accept", "reject", "spam"])
def test_the_steps_of_a_decision(
    app: Transom, contributor: Contributor, receipt: str, verdict: str, check: Callable[..., None]
) -> None:
    settle(app, verdict)
    check(contributor.look(receipt))


@pytest.mark.parametrize("status", lifecycle.PHOTO_STATUSES)
def test_photos_on_the_status_page(
    contributor: Contributor, receipt: str, status: str, show: Callable[..., None], check: Callable[..., None]
) -> None:
    amounts = [{}, *(dict.fromkeys(SUMMARY_KINDS, amount) for amount in AMOUNTS)]
    photos = [
        Photo(
            position=number,
            caption=None,
            status=status,
            reason=reason,
            notes=NOTES,
            removed=amounts[number % 4],
        )
        for number, reason in enumerate([None, None, None, None, *REASONS], start=1)
    ]
    show(photos=[receipt_page._photo(photo, language.translator()) for photo in photos])
    check(contributor.look(receipt))


@pytest.mark.parametrize("number", [1, 2])
def test_the_text_on_the_status_page(
    contributor: Contributor, receipt: str, number: int, show: Callable[..., None], check: Callable[..., None]
) -> None:
    removed = dict.fromkeys(KINDS, number)
    told: list[str] = []
    for reason in DOCUMENT_REASONS:
        report = {"removed": removed, "document": list(DOUBTS), "document_refused": reason}
        told += receipt_page._about_text(report, language.translator())
    show(about_text=told, read_text=ReadText(Markup("<p>Words</p>"), "en"))
    check(contributor.look(receipt))


@pytest.mark.parametrize("typed", ["", "nonsense", "AAAAA-AAAAA-AAAAA-AAAAA"])
def test_receipts_that_open_nothing(contributor: Contributor, typed: str, check: Callable[..., None]) -> None:
    check(contributor.look(typed), 422 if not typed else 404)


@pytest.mark.parametrize("wrong", [1, 2])
def test_receipts_with_a_slip(
    contributor: Contributor, receipt: str, wrong: int, check: Callable[..., None]
) -> None:
    groups = receipt.split("-")
    for place in range(wrong):
        first = groups[place][0]
        groups[place] = ("7" if first != "7" else "8") + groups[place][1:]
    check(contributor.look("-".join(groups)), 404)


def test_withdrawing(
    contributor: Contributor, receipt: str, check: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise lifecycle.IllegalMove

    words = {"receipt": receipt}
    check(contributor.post("/receipt/withdrawals", words), 422)
    with monkeypatch.context() as patch:
        patch.setattr(removal, "withdraw", refuse)
        check(contributor.post("/receipt/withdrawals", {**words, "confirm": "y"}), 409)
    check(contributor.post("/receipt/withdrawals", {**words, "confirm": "y"}))
    check(contributor.look(receipt))


@pytest.mark.parametrize(
    ("written", "body"),
    [("plain", "Words"), ("light", "- one\n- two"), ("verse", "One\n  two")],
    ids=["plain", "light", "verse"],
)
def test_a_text_to_change(
    app: Transom,
    contributor: Contributor,
    run_jobs: RunJobs,
    written: str,
    body: str,
    check: Callable[..., None],
) -> None:
    receipt = receipt_of(contributor.send(body=body, format=written))
    run_jobs()
    ask(app)
    check(contributor.post("/receipt", {"receipt": receipt, "with_text": "y"}))


def test_answering(app: Transom, contributor: Contributor, receipt: str, check: Callable[..., None]) -> None:
    ask(app)
    words = form(contributor, receipt, text=True)
    check(contributor.post("/receipt/answers", words), 422)
    long = {**words, "title": "x" * 301, "message": "x" * 5001, "format": "xx", "caption-1": "x" * 1001}
    check(contributor.post("/receipt/answers", long), 422)
    check(contributor.post("/receipt/answers", {**words, "token": "x"}, [File("photo-1", b"no")]), 422)
    answer = {**words, "message": "In May."}
    check(contributor.post("/receipt/answers", answer, [File("photo-1", b"no photo")]))
    check(contributor.post("/receipt/answers", answer))
    check(contributor.look(receipt))
    check(contributor.post("/receipt/answers", {**form_of(words), "message": "Late"}), 409)


def form_of(words: dict[str, str]) -> dict[str, str]:
    """Return the fields of a form with a new token."""
    return {**words, "token": form_tokens.issue()}


def test_writing_to_the_editors(contributor: Contributor, receipt: str, check: Callable[..., None]) -> None:
    words = form_of({"receipt": receipt, "letter": "A question"})
    check(contributor.post("/receipt/messages", {**words, "letter": ""}), 422)
    check(contributor.post("/receipt/messages", {**words, "token": "x"}), 422)
    check(contributor.post("/receipt/messages", words))
    with transaction() as session:
        session.execute(update(Submission).values(status="withdrawn"))
    check(contributor.post("/receipt/messages", form_of(words)), 409)


def test_while_the_database_is_away(
    app: Transom,
    contributor: Contributor,
    receipt: str,
    database_away: Callable[[], AbstractContextManager[None]],
    check: Callable[..., None],
) -> None:
    words = form_of({"receipt": receipt, "letter": "A question"})
    token = contributor.token()
    with database_away():
        answers = [
            contributor.send(File("photo-1", JPEG), token=token),
            contributor.post("/receipt/answers", {**words, "message": "x"}),
            contributor.post("/receipt/messages", words),
            contributor.look(receipt),
        ]
    for answer in answers:
        check(answer, 503)
