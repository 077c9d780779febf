import html
import json
import logging
import re
from collections.abc import Callable

import psycopg
import pytest

from intake import consent
from intake.languages import offered
from intake.models import Event, Job, Submission
from intake.receipts import canonical
from intake.settings import Settings
from intake.web import Transom
from intake.web.contribute import form_tokens
from intake.web.contribute.form import DOCUMENT_AGAIN, EXPIRED, NOTHING
from intake.web.contribute.photo_rows import AGAIN
from tests.cast import RunJobs
from tests.web.bodies import File
from tests.web.conftest import JPEG, count, opened, quarantine
from tests.web.people import (
    BODY,
    CONTACT,
    KEPT,
    RECEIPT,
    WORDS,
    Contributor,
    receipt_of,
    typed_is_kept,
    value,
)


def test_the_form_offers_what_the_settings_say(made: Callable[..., Transom]) -> None:
    app = made(magazine="The Lantern", sections="Here,There", max_photos=4)
    page = app.test_client().get("/send").text
    assert "The Lantern" in page
    assert consent.text("The Lantern") in html.unescape(page)
    assert re.findall(r'name="(photo-\d+)"', page) == [f"photo-{i}" for i in range(1, 5)]
    assert all(f'value="{name}"' in page for name in ["Here", "There", *offered()])
    assert '<option selected value="">Tell it from the text</option>' in page


def test_words_come_before_files_so_that_a_refused_file_cannot_cost_them(contributor: Contributor) -> None:
    page = contributor.client.get("/send").text
    first_file = page.index('type="file"')
    assert all(
        page.index(f'name="{name}"') < first_file for name in (*WORDS, "print_name", "contact", "token")
    )


def test_a_submission_is_taken_in(contributor: Contributor, app_settings: Settings) -> None:
    photos = [File("photo-1", JPEG), File("photo-3", JPEG + b"2")]
    more = {"caption-3": "The door", "credit-3": "A neighbour", "contact": CONTACT, "print_name": "A. Reader"}
    answer = contributor.send(*photos, **{**WORDS, **more, "language": "kk", "section": "Opinion"})
    assert answer.status_code == 200
    assert "We have your story with 2 photos" in answer.text
    with opened() as submission:
        assert (submission.status, submission.language, submission.section) == ("received", "kk", "Opinion")
        assert submission.consent_version == consent.VERSION
        assert submission.contact is not None
        assert submission.unseal(submission.contact, "contact") == CONTACT
        assert [photo.status for photo in submission.photos] == ["received", "received"]
        raw = submission.revisions[0].sealed
        assert raw is not None
        words = json.loads(submission.unseal(raw, "revision 0"))
        assert (words["title"], words["body"], words["print_name"]) == (
            "What I saw",
            WORDS["body"],
            "A. Reader",
        )
        captions = [words["photos"][str(photo.id)] for photo in submission.photos]
    assert captions == [{"caption": "", "credit": ""}, {"caption": "The door", "credit": "A neighbour"}]
    assert count(Job) == 3
    assert len(quarantine(app_settings)) == 2


def test_photos_alone_or_words_alone_are_enough(contributor: Contributor) -> None:
    assert contributor.send(File("photo-1", JPEG), body="").status_code == 200
    assert contributor.send(body="Words.").status_code == 200


@pytest.mark.parametrize(
    "files", [[], [File("photo-2", b"<html>")]], ids=["no photo", "no photo that counts"]
)
def test_nothing_at_all_is_not_enough(
    contributor: Contributor, app_settings: Settings, files: list[File]
) -> None:
    answer = contributor.send(*files, body=" \n ")
    assert answer.status_code == 422
    assert NOTHING in answer.text
    assert ("Photo 2: This is a document or a web page." in answer.text) is bool(files)
    assert count(Submission) == 0
    assert quarantine(app_settings) == []


def test_two_forms_are_two_submissions(contributor: Contributor) -> None:
    assert receipt_of(contributor.send()) != receipt_of(contributor.send())
    assert count(Submission) == 2


@pytest.mark.parametrize("token", ["", "forged", "a.b.c", "\u202e", "x" * 5000, "expired"])
def test_a_token_that_is_not_good_costs_nothing_that_was_typed(
    contributor: Contributor, app_settings: Settings, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    if token == "expired":
        token = contributor.token()
        monkeypatch.setattr(form_tokens, "SECONDS", -1)
    answer = contributor.send(File("photo-2", JPEG), token=token, **KEPT)
    assert answer.status_code == 422
    assert EXPIRED in answer.text
    typed_is_kept(answer.text)
    assert f"Photo 2: {AGAIN}" in answer.text
    assert quarantine(app_settings) == []
    monkeypatch.undo()
    fresh = value(answer.text, "token")
    assert fresh != token


def test_the_page_of_a_refusal_can_be_sent_as_it_is(contributor: Contributor) -> None:
    refused = contributor.send(consent="")
    answer = contributor.send(token=value(refused.text, "token"))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"title": ""}, "Please give your text a title."),
        ({"title": "   "}, "Please give your text a title."),
        ({"title": "\u200b\u202e"}, "Please give your text a title."),
        ({"title": "x" * 301}, "Please keep this to 300 characters."),
        ({"print_name": "x" * 301}, "Please keep this to 300 characters."),
        ({"contact": "x" * 301}, "Please keep this to 300 characters."),
        ({"caption-20": "x" * 1001}, "Photo 20: Please keep this to 1000 characters."),
        ({"credit-1": "x" * 301}, "Photo 1: Please keep this to 300 characters."),
        ({"consent": ""}, "We may only read on if you agree."),
        ({"consent": "no"}, "We may only read on if you agree."),
        ({"language": "tlh"}, "In which language is your text: Not a valid choice"),
        ({"section": "Gossip"}, "Section: Not a valid choice"),
        ({"format": "exe"}, "How it is written: Not a valid choice"),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else "",
)
def test_what_a_field_wants(contributor: Contributor, words: dict[str, str], says: str) -> None:
    answer = contributor.send(**words)
    assert answer.status_code == 422
    assert says in answer.text
    assert count(Submission) == 0


@pytest.mark.parametrize(
    ("limits", "files", "body", "code", "says"),
    [
        ({"max_photo_bytes": 3000}, [("photo-2", 3001)], BODY, 413, "Photo 2 is larger than 2.9 KB."),
        ({"max_photos": 2}, [(f"photo-{i}", 50) for i in (1, 2, 3)], BODY, 413, "Up to 2 photos can be sent at once; these were 3."),
        ({"max_request_bytes": 4000}, [("photo-1", 1500), ("photo-2", 1500)], BODY, 413, "Up to 3.9 KB can be sent at once."),
        ({"max_text_bytes": 4000}, [("photo-2", 50)], BODY + "ж" * 2000, 422, "The text has 4.0 KB; up to 3.9 KB can be sent."),
    ],
    ids=["photo", "photos", "request", "text"],
)  # fmt: skip
def test_over_a_limit(
    made: Callable[..., Transom], app_settings: Settings, limits: dict[str, int],
    files: list[tuple[str, int]], body: str, code: int, says: str,
) -> None:  # fmt: skip
    """Assert that the page names the limit and keeps the typed text, and that no file is left."""
    contributor = Contributor(made(**limits).test_client())
    photos = [File(field, b"\xff\xd8\xff" + b"x" * (size - 3)) for field, size in files]
    answer = contributor.send(*photos, **{**KEPT, "body": body})
    assert answer.status_code == code
    assert says in answer.text
    typed_is_kept(answer.text)
    assert AGAIN in answer.text
    assert count(Submission) == 0
    assert quarantine(app_settings) == []


def test_a_limit_is_still_inside(made: Callable[..., Transom]) -> None:
    app = made(max_photo_bytes=3000, max_photos=2, max_text_bytes=4000)
    photos = [File(f"photo-{i}", b"\xff\xd8\xff" + b"x" * 2997) for i in (1, 2)]
    assert Contributor(app.test_client()).send(*photos, body="ж" * 2000).status_code == 200


def test_a_file_that_is_no_photo_is_refused_and_the_rest_continues(
    contributor: Contributor, app_settings: Settings
) -> None:
    photos = [File("photo-1", b"<html>", "a.jpg"), File("photo-2", JPEG), File("photo-3", b"")]
    answer = contributor.send(*photos)
    assert answer.status_code == 200
    assert "We have your story with one photo" in answer.text
    assert "Photo 1: This is a document or a web page." in answer.text
    assert "Photo 3: The file is empty." in answer.text
    with opened() as submission:
        photos_now = submission.photos
        assert [(p.status, p.reason) for p in photos_now] == [
            ("refused", "document"), ("received", None), ("refused", "empty"),
        ]  # fmt: skip
    assert len(quarantine(app_settings)) == 1


def test_the_receipt_is_in_the_page_and_nowhere_else(
    contributor: Contributor, app_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = contributor.send()
    receipt = receipt_of(answer)
    bare = canonical(receipt) or ""
    seen = contributor.look(receipt)
    contributor.look(receipt.replace("-", "").lower())
    contributor.client.post("/receipt/withdrawals", data={"receipt": receipt})
    assert not RECEIPT.search(answer.request.url)
    with psycopg.connect(app_settings.database_url) as connection:
        rows = str(connection.execute("SELECT s::text, e::text FROM submissions s, events e").fetchall())
    for form in (receipt, bare, bare.lower()):
        assert form not in str(answer.headers) + str(seen.headers) + caplog.text + rows
    assert answer.headers["Cache-Control"] == seen.headers["Cache-Control"] == "no-store"


def test_no_page_of_the_contributor_sets_a_cookie(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.send())
    client = contributor.client
    answers = [
        *(client.get(url) for url in ("/", "/receipt", "/safety", "/nowhere")),
        client.get("/static/css/base.css", buffered=True),
        *(client.get(url) for url in ("/healthz/live", "/healthz/ready", "/api/v1/openapi.json")),
        contributor.send(),
        contributor.send(title=""),
        contributor.send(token="forged"),
        contributor.call(),
        contributor.look(receipt),
        contributor.look("wrong"),
        client.post("/receipt/withdrawals", data={"receipt": receipt}),
        client.post("/receipt/withdrawals", data={"receipt": receipt, "confirm": "y"}),
        client.post("/"),
        client.post("/submissions", data=b"x", content_type="text/plain"),
    ]
    for answer in answers:
        assert "Set-Cookie" not in answer.headers, answer.request.url
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_what_happens_when_it_arrives_is_in_the_record(contributor: Contributor) -> None:
    contributor.send(File("photo-1", JPEG))
    with opened() as submission:
        names = [event.name for event in submission.events]
    assert names == ["submission.received", "photo.received"]
    assert count(Event) == 2


def test_the_safety_page_says_what_is_allowed_to_us(contributor: Contributor) -> None:
    answer = contributor.client.get("/safety")
    assert answer.status_code == 200
    assert consent.text("The Transom") in html.unescape(answer.text)


def test_a_document_alone_is_a_submission(contributor: Contributor, app_settings: Settings) -> None:
    answer = contributor.send(File("document", b"They came at night.", "story.txt"), body="")
    assert answer.status_code == 200, answer.text
    with opened() as submission:
        assert submission.has_document
    assert len(quarantine(app_settings)) == 1
    assert "The files of your photos and documents are then destroyed" in answer.text
    assert "to see your text as the machine read it from your document" in answer.text
    assert "from your document" not in contributor.send().text


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("story.pdf", b"%PDF-1.7 x", "We cannot take a PDF"),
        ("story.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "This is an old Word file"),
        ("story.docx", b"", "The file is empty"),
    ],
)
def test_a_document_that_cannot_be_taken_costs_no_word(
    contributor: Contributor, app_settings: Settings, name: str, data: bytes, sentence: str
) -> None:
    answer = contributor.send(File("document", data, name), **KEPT)
    assert answer.status_code == 422
    typed_is_kept(answer.text)
    assert f'<a href="#document">Document: {sentence}' in html.unescape(answer.text)
    assert f'id="document-note">{sentence}' in html.unescape(answer.text)
    assert (count(Submission), quarantine(app_settings)) == (0, [])


def test_two_documents_are_one_too_many(contributor: Contributor) -> None:
    answer = contributor.send(File("document", b"a", "a.txt"), File("document", b"b", "b.txt"))
    assert answer.status_code == 413
    assert "One document can be sent at once" in answer.text


def test_a_form_with_another_mistake_asks_for_the_document_again(contributor: Contributor) -> None:
    answer = contributor.send(File("document", b"They came.", "story.txt"), title="")
    assert answer.status_code == 422
    assert answer.text.count(DOCUMENT_AGAIN) == 2


def test_verse_can_be_chosen(contributor: Contributor, run_jobs: RunJobs) -> None:
    assert contributor.send(body="The sea,\n\n\n  the sea", format="verse").status_code == 200
    run_jobs()
    with opened() as submission:
        assert submission.revisions[-1].html == "<pre>The sea,\n\n\n  the sea</pre>"
