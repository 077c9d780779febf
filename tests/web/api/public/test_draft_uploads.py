import base64
import hashlib
from dataclasses import replace

import pytest

from intake.db import transaction
from intake.models import Photo
from intake.settings import Settings
from intake.storage import files
from tests.web.api.public.writers import LARGE, NOBODY, PART, VERSION, DraftProgram
from tests.web.conftest import count


def stored() -> list[bytes]:
    with transaction() as session:
        photos = session.query(Photo).order_by(Photo.position).all()
        return [files().read(photo.quarantine_name, photo.submission.key) for photo in photos]


def offset(program: DraftProgram, location: str) -> int:
    return int(program.open("HEAD", location, headers=VERSION).headers["Upload-Offset"])


def test_a_file_in_parts_becomes_a_photo(program: DraftProgram) -> None:
    created = program.create(len(LARGE))
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "0")
    assert created.location.startswith("/api/v1/uploads/")
    assert program.receipt.replace("-", "") not in created.location.upper()
    for begin in range(0, len(LARGE), 70_000):
        answer = program.append(created.location, LARGE[begin : begin + 70_000], begin)
        assert answer.status_code == 204
        assert offset(program, created.location) == int(answer.headers["Upload-Offset"])
    assert stored() == [LARGE]
    assert [photo["status"] for photo in program.read()["photos"]] == ["received"]


def test_the_same_file_goes_on_where_it_stopped(program: DraftProgram) -> None:
    location = program.create(len(LARGE), upload="one").location
    program.append(location, LARGE[:70_000], 0)
    again = program.create(len(LARGE), upload="one")
    assert again.headers["Upload-Offset"] == "70000"
    program.append(again.location, LARGE[70_000:], 70_000)
    assert program.create(len(LARGE), upload="one").headers["Upload-Offset"] == str(len(LARGE))
    assert stored() == [LARGE]


def test_a_document_arrives_in_parts(program: DraftProgram) -> None:
    location = program.create(6, document=".md").location
    assert program.append(location, b"Words.", 0).status_code == 204
    assert program.read()["document"] == ".md"


@pytest.mark.parametrize("receipt", [NOBODY, "", "x"])
def test_another_receipt_is_not_found(program: DraftProgram, receipt: str) -> None:
    answer = program.create(10, receipt=receipt)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_forged_address_is_not_found(program: DraftProgram) -> None:
    assert program.append("/api/v1/uploads/forged", b"x", 0).status_code == 404
    assert program.open("DELETE", "/api/v1/uploads/forged", headers=VERSION).status_code == 404
    assert program.client.head("/api/v1/uploads/forged", headers=VERSION).status_code == 404


def test_a_deleted_draft_takes_no_more(program: DraftProgram) -> None:
    location = program.create(len(LARGE)).location
    program.append(location, LARGE[:1000], 0)
    program.post("deletions")
    assert program.append(location, LARGE[1000:], 1000).status_code == 404


def test_a_file_is_given_up(program: DraftProgram) -> None:
    location = program.create(len(LARGE)).location
    program.append(location, LARGE[:1000], 0)
    assert program.open("DELETE", location, headers=VERSION).status_code == 204
    assert offset(program, location) == 0


def test_errors_are_problems_that_say_what_to_do(program: DraftProgram) -> None:
    location = program.create(1000).location
    hashed = base64.b64encode(hashlib.sha1(b"other").digest()).decode()
    cases = [
        program.open("POST", "uploads", headers={"Upload-Length": "1"}),
        program.create("x"),
        program.open("POST", "uploads", headers={**VERSION, "Upload-Length": "1", "Upload-Metadata": "a !"}),
        program.append(location, LARGE[:10], 5),
        program.append(location, LARGE[:1001], 0),
        program.append(location, LARGE[:10], 0, **{"Upload-Checksum": f"sha1 {hashed}"}),
        program.open("PATCH", location, data=b"x", headers={**PART, "Content-Type": "text/plain"}),
        program.create(0),
        program.create(60 << 20),
        program.append(location, b"not a photo at all", 0),
    ]
    assert [answer.status_code for answer in cases] == [412, 400, 400, 409, 413, 460, 415, 422, 422, 422]
    for answer in cases:
        assert answer.get_json()["status"] == answer.status_code
        assert answer.get_json()["detail"]
    assert count(Photo) == 0


def test_a_full_draft_has_no_room(
    program: DraftProgram, app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(app_settings, max_photos=1)
    monkeypatch.setattr("intake.submissions.draft_photos.settings", lambda: small)
    location = program.create(1000).location
    program.append(location, LARGE[:1000], 0)
    assert program.create(1000).status_code == 422


def test_options_tell_version_extensions_and_size(program: DraftProgram) -> None:
    answer = program.client.options("/api/v1/uploads")
    assert (answer.status_code, answer.headers["Tus-Version"]) == (204, "1.0.0")
    assert answer.headers["Tus-Max-Size"] == str(50 << 20)
