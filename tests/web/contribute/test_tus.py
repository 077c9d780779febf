"""Conformance with tus 1.0, point by point, and the files that uploads add to a draft."""

import base64
import hashlib
import os

import pytest
from werkzeug.test import TestResponse

from intake.db import transaction
from intake.models import Photo, Submission
from intake.storage import CHUNK, files
from intake.submissions import draft
from tests.photos import made
from tests.web.contribute.test_draft_views import Writer, hidden
from tests.web.people import Newsroom

HEAD = made.encoded(made.scene(), "JPEG")
PICTURE = HEAD + os.urandom(3 * CHUNK)
VERSION = {"Tus-Resumable": "1.0.0"}
PART = {**VERSION, "Content-Type": "application/offset+octet-stream"}


def encoded(**pairs: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())


class Sender:
    """Client of the tus protocol for one draft."""

    def __init__(self, writer: Writer) -> None:
        self.client, self.writer = writer.client, writer
        answer = self.client.post("/uploads", data={"receipt": writer.receipt})
        self.url = answer.json["url"] if answer.json else ""

    def create(self, length: int, **metadata: str) -> TestResponse:
        headers = {**VERSION, "Upload-Length": str(length), "Upload-Metadata": encoded(**metadata)}
        return self.client.post(self.url, headers=headers)

    def patch(self, location: str, data: bytes, offset: int, **more: str) -> TestResponse:
        headers = {**PART, "Upload-Offset": str(offset), **more}
        return self.client.patch(location, data=data, headers=headers)

    def offset(self, location: str) -> int:
        return int(self.client.head(location, headers=VERSION).headers["Upload-Offset"])


@pytest.fixture
def sender(anonymous: Newsroom) -> Sender:
    """Tus client with an empty draft."""
    writer = Writer(anonymous.client)
    writer.begin()
    return Sender(writer)


def stored() -> list[bytes]:
    with transaction() as session:
        photos = session.query(Photo).order_by(Photo.position).all()
        return [files().read(photo.quarantine_name, photo.submission.key) for photo in photos]


def test_options_tell_version_extensions_and_size(sender: Sender) -> None:
    answer = sender.client.options(sender.url)
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,expiration,checksum,termination"
    assert answer.headers["Tus-Max-Size"] == str(50 << 20)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


@pytest.mark.parametrize("version", [None, "0.2.2"])
def test_another_version_is_refused_with_ours(sender: Sender, version: str | None) -> None:
    headers = {"Tus-Resumable": version} if version else {}
    for answer in (
        sender.client.post(sender.url, headers=headers),
        sender.client.head("/uploads/x", headers=headers),
    ):
        assert answer.status_code == 412
        assert answer.headers["Tus-Version"] == "1.0.0"


def test_a_file_in_parts_becomes_one_photo(sender: Sender) -> None:
    created = sender.create(len(PICTURE))
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "0")
    assert created.headers["Upload-Expires"].endswith("GMT")
    location, offset = created.location, 0
    for size in (10, CHUNK, 1, CHUNK - 11, 5000, len(PICTURE)):
        part = PICTURE[offset : offset + size]
        answer = sender.patch(location, part, offset)
        offset += len(part)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(offset))
        assert sender.offset(location) == offset
    assert stored() == [PICTURE]
    head = sender.client.head(location, headers=VERSION)
    assert (head.headers["Upload-Length"], head.headers["Cache-Control"]) == (str(len(PICTURE)), "no-store")
    assert sender.patch(location, b"", len(PICTURE)).status_code == 204
    assert stored() == [PICTURE]


def test_the_same_file_goes_on_after_its_page_was_closed(sender: Sender) -> None:
    location = sender.create(len(PICTURE), upload="one").location
    sender.patch(location, PICTURE[:70_000], 0)
    again = Sender(sender.writer).create(len(PICTURE), upload="one")
    assert again.headers["Upload-Offset"] == "70000"
    sender.patch(again.location, PICTURE[70_000:], 70_000)
    finished = sender.create(len(PICTURE), upload="one")
    assert finished.headers["Upload-Offset"] == str(len(PICTURE))
    assert stored() == [PICTURE]


def test_two_files_at_once(sender: Sender) -> None:
    other = HEAD + os.urandom(CHUNK)
    one, two = sender.create(len(PICTURE)).location, sender.create(len(other)).location
    sender.patch(one, PICTURE[:1000], 0)
    sender.patch(two, other[:2000], 0)
    sender.patch(one, PICTURE[1000:], 1000)
    sender.patch(two, other[2000:], 2000)
    assert stored() == [PICTURE, other]


def test_a_wrong_offset_is_a_conflict(sender: Sender) -> None:
    location = sender.create(len(PICTURE)).location
    sender.patch(location, PICTURE[:100], 0)
    assert sender.patch(location, PICTURE[:100], 0).status_code == 409
    assert sender.offset(location) == 100


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Content-Type": "image/jpeg"}, 415),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "x"}, 400),
        ({"Upload-Checksum": "md5 AAAA"}, 400),
        ({"Upload-Checksum": "sha1 ***"}, 400),
    ],
)
def test_a_part_with_a_wrong_header_is_refused(sender: Sender, change: dict[str, str], status: int) -> None:
    location = sender.create(len(PICTURE)).location
    answer = sender.client.patch(location, data=b"x", headers={**PART, "Upload-Offset": "0", **change})
    assert answer.status_code == status
    assert answer.headers["Tus-Resumable"] == "1.0.0"


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_part_is_kept_only_if_its_checksum_fits(sender: Sender, name: str) -> None:
    location = sender.create(len(PICTURE)).location
    part = PICTURE[:100_000]
    right, wrong = (
        f"{name} {base64.b64encode(hashlib.new(name, data).digest()).decode()}" for data in (part, part[:-1])
    )
    assert sender.patch(location, part, 0, **{"Upload-Checksum": wrong}).status_code == 460
    assert sender.offset(location) == 0
    assert sender.patch(location, part, 0, **{"Upload-Checksum": right}).status_code == 204
    sender.patch(location, PICTURE[100_000:], 100_000)
    assert stored() == [PICTURE]


def test_more_than_was_announced_is_refused(sender: Sender) -> None:
    location = sender.create(1000).location
    assert sender.patch(location, PICTURE[:1002], 0).status_code == 413
    assert sender.offset(location) == 0


def test_a_terminated_file_is_gone(sender: Sender) -> None:
    location = sender.create(len(PICTURE)).location
    sender.patch(location, PICTURE[:100], 0)
    assert sender.client.delete(location, headers=VERSION).status_code == 204
    assert sender.offset(location) == 0
    assert stored() == []


def test_methods_can_be_overridden(sender: Sender) -> None:
    location = sender.create(len(PICTURE)).location
    headers = {**PART, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert sender.client.post(location, data=PICTURE, headers=headers).status_code == 204
    assert stored() == [PICTURE]
    assert sender.client.post(location, headers=VERSION).status_code == 405


def test_values_of_unknown_keys_need_not_be_text(sender: Sender) -> None:
    headers = {**VERSION, "Upload-Length": "10", "Upload-Metadata": "thumbnail /w==, upload YQ==,public"}
    assert sender.client.post(sender.url, headers=headers).status_code == 201


@pytest.mark.parametrize("header", ["Upload-Length", "Upload-Metadata"])
def test_a_creation_with_a_wrong_header_is_refused(sender: Sender, header: str) -> None:
    headers = {**VERSION, "Upload-Length": "10", "Upload-Metadata": "upload YQ==", header: "upload *"}
    assert sender.client.post(sender.url, headers=headers).status_code == 400


def test_what_is_too_large_or_empty_is_said_before_a_byte_is_sent(sender: Sender) -> None:
    answer = sender.create((50 << 20) + 1)
    assert (answer.status_code, "More than 50 MB cannot be taken" in answer.text) == (422, True)
    assert sender.create(0).status_code == 422


def test_a_video_is_refused_at_its_first_bytes(sender: Sender) -> None:
    location = sender.create(10_000_000).location
    answer = sender.patch(location, b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(5000), 0)
    assert (answer.status_code, "This is a video" in answer.text) == (422, True)
    assert stored() == []


def test_a_full_draft_has_no_room(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    location = sender.create(len(PICTURE)).location
    monkeypatch.setattr("intake.submissions.draft_photos.room", lambda _submission: 0)
    assert "may have 20 photos" in sender.create(10).text
    assert sender.patch(location, PICTURE, 0).status_code == 422
    assert list(files().listing("quarantine")) == []


def test_a_document_arrives_in_parts_too(sender: Sender) -> None:
    data = b"Some words of a report. " * 1000
    location = sender.create(len(data), document=".txt").location
    sender.patch(location, data[:100], 0)
    assert sender.patch(location, data[100:], 100).status_code == 204
    with transaction() as session:
        found = session.query(Submission).one()
        assert draft.document(session, found) == ".txt"
    pdf = b"%PDF-1.7 " + bytes(300)
    location = sender.create(len(pdf), document=".pdf").location
    assert sender.patch(location, pdf, 0).status_code == 422


@pytest.mark.parametrize("what", ["forged", "sent", "deleted"])
def test_an_address_that_leads_nowhere(sender: Sender, what: str) -> None:
    location = sender.create(len(PICTURE)).location
    if what == "forged":
        location = location[:-3] + "abc"
    else:
        sender.patch(location, PICTURE[:100], 0)
        sender.writer.open()
        if what == "sent":
            checked = sender.writer.save(do="check")
            sender.client.post("/drafts/submissions", data={**hidden(checked), "consent": "y"})
        else:
            sender.client.post("/drafts/deletions", data={"receipt": sender.writer.receipt, "confirm": "y"})
    assert sender.client.head(location, headers=VERSION).status_code == 404
    assert sender.patch(location, PICTURE, 0).status_code == 404
    assert list(files().listing("quarantine")) == []


def test_only_the_receipt_gives_the_address(sender: Sender) -> None:
    assert sender.client.post("/uploads", data={"receipt": "0" * 16}).status_code == 404


def test_a_process_that_died_after_the_last_byte_loses_nothing(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = sender.create(len(PICTURE)).location
    with monkeypatch.context() as dying:
        dying.setattr("intake.web.contribute.draft_uploads.keep", lambda _file: None)
        sender.patch(location, PICTURE, 0)
    assert stored() == []
    assert sender.offset(location) == len(PICTURE)
    assert stored() == [PICTURE]
