from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.models import Photo
from intake.settings import Settings
from intake.web import Transom
from tests.cast import RunJobs
from tests.web.api.public.writers import KEY, NOBODY, DraftProgram, photo
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.conftest import count, quarantine

DOCUMENT = File("document", b"# Heading\n\nWords.", "Aigul.md")


def test_a_photo_is_added_once_and_removed(program: DraftProgram, run_jobs: RunJobs) -> None:
    for _ in range(2):
        added = program.add(photo(), key=KEY)
        assert added.status_code == 201
    assert [picture["status"] for picture in added.get_json()["photos"]] == ["received"]
    program.add(photo())
    first, second = (picture["id"] for picture in program.read()["photos"])
    removed = program.post("photos/removals", photo=first)
    assert [picture["id"] for picture in removed.get_json()["photos"]] == [second]
    again = program.post("photos/removals", photo=first)
    assert (again.status_code, list(again.get_json()["errors"])) == (422, ["photo"])
    run_jobs()
    assert [picture["status"] for picture in program.read()["photos"]] == ["clean"]


def test_a_document_is_added_replaced_and_removed(program: DraftProgram) -> None:
    assert program.add(DOCUMENT).get_json()["document"] == ".md"
    assert program.add(File("document", b"Words.", "Aigul.txt")).get_json()["document"] == ".txt"
    assert program.post("document/removals").get_json()["document"] is None
    assert program.post("document/removals").status_code == 200
    assert program.post("document/removals", receipt=NOBODY).status_code == 404


def test_a_file_that_is_no_photo_is_refused_with_its_reason(
    program: DraftProgram, app_settings: Settings
) -> None:
    answer = program.add(photo(b"not a photo, whatever it is called"))
    assert answer.status_code == 422
    assert "Photo 1 was not added." in answer.get_json()["detail"]
    assert (count(Photo), quarantine(app_settings)) == (0, [])


@pytest.mark.parametrize("files", [(), (File("photo", b"", ""),)])
def test_no_file_at_all(program: DraftProgram, files: tuple[File, ...]) -> None:
    answer = program.add(*files)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["photo"])


@pytest.mark.parametrize("receipt", [NOBODY, "", "x"])
def test_another_receipt_keeps_no_file(program: DraftProgram, app_settings: Settings, receipt: str) -> None:
    answer = program.add(photo(), receipt=receipt)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert quarantine(app_settings) == []


@pytest.mark.parametrize("file", [photo(), DOCUMENT])
def test_the_receipt_stands_before_the_files(
    program: DraftProgram, app_settings: Settings, file: File
) -> None:
    body = multipart({}, [file], closed=False) + multipart({"receipt": program.receipt})
    answer = program.open("POST", "drafts/files", data=body, content_type=MULTIPART)
    assert answer.status_code == 422
    assert "could not be stored just now" in answer.get_json()["detail"]
    assert quarantine(app_settings) == []


def test_a_document_that_is_lost_leaves_the_earlier_one(program: DraftProgram) -> None:
    program.add(DOCUMENT)
    other = File("document", b"Words.", "Aigul.txt")
    body = multipart({}, [other], closed=False) + multipart({"receipt": program.receipt})
    assert program.open("POST", "drafts/files", data=body, content_type=MULTIPART).status_code == 422
    assert program.read()["document"] == ".md"


def test_what_is_malformed(program: DraftProgram, app_settings: Settings) -> None:
    key = program.add(photo(), key="short")
    cut = program.open(
        "POST", "drafts/files", data=multipart({"receipt": program.receipt}, [photo()])[:-80],
        content_type=MULTIPART,
    )  # fmt: skip
    json = program.open("POST", "drafts/files", json={"receipt": program.receipt})
    assert [key.status_code, cut.status_code, json.status_code] == [400, 400, 415]
    assert quarantine(app_settings) == []


def test_over_a_limit(
    made: Callable[..., Transom], app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(app_settings, max_photos=1)
    monkeypatch.setattr("intake.submissions.draft_photos.settings", lambda: small)
    program = DraftProgram(made(max_photo_bytes=5000).test_client())
    program.begin()
    large = program.add(photo(b"\xff\xd8\xff" + b"x" * 5000))
    assert (large.status_code, large.get_json()["title"]) == (413, "Over a limit")
    assert program.add(photo(b"\xff\xd8\xff" + b"x" * 50)).get_json()["room"] == 0
    assert program.add(photo(b"\xff\xd8\xff" + b"x" * 60)).status_code == 422
    assert count(Photo) == 1
