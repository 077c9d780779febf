from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from intake import consent
from intake.models import Submission
from intake.receipts import canonical
from intake.settings import Settings
from intake.settings.values import MB
from intake.submissions.submit import SubmissionText
from intake.web import Transom
from intake.web.contribute import submission_intake
from intake.web.contribute.uploads import Upload
from intake.web.forms.contribute import SubmissionForm
from tests.web.bodies import File
from tests.web.conftest import JPEG, count, quarantine
from tests.web.people import WORDS, Contributor, receipt_of

WANTED = SubmissionText("T", "B", "plain", "en", "News", "", "")


@pytest.fixture
def upload(app_settings: Settings) -> Iterator[Upload]:
    made = Upload(app_settings)
    yield made
    made.discard()


def test_the_words_of_a_form(app: Transom) -> None:
    with app.test_request_context("/", method="POST", data={**WORDS, "contact": "c"}):
        sent = SubmissionForm(app.extensions["settings"])
        assert sent.validate()
        found = submission_intake.words(sent)
    wanted: dict[str, Any] = {k: v for k, v in WORDS.items() if k != "consent"} | {"contact": "c"}
    assert found == SubmissionText(**wanted)


def test_photos_in_the_order_of_their_rows_with_their_words(upload: Upload) -> None:
    for field, data in (("photo-3", JPEG), ("photo-1", b"no photo"), ("other", JPEG)):
        upload.open_file(field, "x").write(data)
    drafts = submission_intake.photos(
        upload, {"caption-3": "C", "credit-3": "D", "caption-1": "E", "caption-None": "F"}
    )
    assert [(d.caption, d.credit, d.reason) for d in drafts] == [
        ("E", "", "not_a_photo"), ("C", "D", None), ("F", "", None),
    ]  # fmt: skip


def test_inside_all_limits(upload: Upload, app_settings: Settings) -> None:
    upload.open_file("photo-1", "x").write(b"no photo")
    upload.finish()
    assert submission_intake.exceeded_limit(upload, app_settings) is None


def test_the_rows_of_photos_that_are_too_large(app_settings: Settings) -> None:
    settings = replace(app_settings, max_photo_bytes=5)
    upload = Upload(settings)
    for field in ("photo-7", "photo-4", "extra", "photo-5"):
        upload.open_file(field, "x").write(b"123456" if field != "photo-5" else b"12345")
    found = submission_intake.exceeded_limit(upload, settings)
    upload.discard()
    assert found == "Photos 4, 7, 4 are larger than 5 bytes. Please send smaller copies."


def test_the_limits_in_one_sentence(app_settings: Settings) -> None:
    settings = replace(app_settings, max_photo_bytes=50 * MB, max_request_bytes=200 * MB)
    assert submission_intake.limits(settings) == (
        "Up to 200 MB can be sent at once: up to 20 photos of 50 MB each, a text of 300 KB, and a document of 20 MB."
    )


def test_words_beside_photos_that_are_too_long() -> None:
    fields = {
        "caption-1": "x" * 1000, "caption-2": "x" * 1001, "credit-2": "x" * 301,
        "caption-x": "x" * 9999, "caption-0": "x" * 9999, "body": "x" * 9999,
    }  # fmt: skip
    assert submission_intake.too_long(fields) == {
        "caption-2": ["Please keep this to 1000 characters."],
        "credit-2": ["Please keep this to 300 characters."],
    }


def test_taken_in_once(upload: Upload, app_settings: Settings) -> None:
    receipt, agreed = "0" * 16, consent.default("The Lantern")
    assert submission_intake.earlier(receipt) is None
    upload.open_file("photo-1", "x").write(JPEG)
    upload.open_file("photo-2", "x").write(b"no photo")
    assert submission_intake.take_in(upload, receipt, WANTED, submission_intake.photos(upload, {}), agreed)
    assert submission_intake.earlier(receipt) == [None, "not_a_photo"]
    second = Upload(app_settings)
    second.open_file("photo-1", "x").write(JPEG)
    assert not submission_intake.take_in(
        second, receipt, WANTED, submission_intake.photos(second, {}), agreed
    )
    assert count(Submission) == 1
    assert len(quarantine(app_settings)) == 1


def test_what_was_taken_in_under_a_receipt_is_found(contributor: Contributor) -> None:
    receipt = canonical(receipt_of(contributor.send(File("photo-1", JPEG)))) or ""
    assert submission_intake.earlier(receipt) == [None]
