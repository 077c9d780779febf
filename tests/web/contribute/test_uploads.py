import io
import os
import secrets
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intake.keys.files import prepare
from intake.models import Submission
from intake.settings import Settings
from intake.storage import CHUNK, Sink, files
from intake.web import Transom
from intake.web.contribute.uploads import Discard, PhotoStream, Upload
from tests.web.bodies import MULTIPART, File, multipart, raw
from tests.web.conftest import JPEG, count, opened, quarantine
from tests.web.people import WORDS, Contributor


@pytest.fixture
def upload(app_settings: Settings) -> Iterator[Upload]:
    made = Upload(app_settings)
    yield made
    made.discard()


def stream(settings: Settings, limit: int = 1000, field: str = "photo-1") -> PhotoStream:
    def sink(photo_id: uuid.UUID) -> Sink:
        return files().sink(f"quarantine/{uuid.UUID(int=1)}/{photo_id}", bytes(32))

    return PhotoStream(sink, limit, field)


def test_a_photo_is_kept_encrypted_under_a_name_of_ours(upload: Upload, app_settings: Settings) -> None:
    target = upload.open_file("photo-1", "IMG_0001.jpg")
    for chunk in (JPEG[:3], JPEG[3:]):
        assert target.write(chunk) == len(chunk)
    upload.finish()
    (photo,) = upload.streams
    assert (photo.size, photo.reason) == (len(JPEG), None)
    assert quarantine(app_settings) == [str(photo.id)]
    assert files().read(f"quarantine/{upload.id}/{photo.id}", upload.key) == JPEG


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"<html>", "document"), (b"\xff\xd8\xff" + b"x" * 1000, "too_large")],
)
def test_what_is_refused_leaves_no_file(app_settings: Settings, data: bytes, reason: str) -> None:
    photo = stream(app_settings)
    photo.write(data)
    photo.finish()
    assert photo.reason == reason
    assert quarantine(app_settings) == []


def test_at_the_limit_a_photo_is_taken(app_settings: Settings) -> None:
    photo = stream(app_settings)
    photo.write(b"\xff\xd8\xff" + b"x" * 997)
    photo.finish()
    assert photo.reason is None


@pytest.mark.parametrize(
    ("head", "reason"), [(b"\0\0\0\x18ftypisom", "video"), (b"%PDF-1.7\n", "document"), (b"", "too_large")]
)
def test_a_large_file_of_another_kind_is_refused_for_its_kind(
    app_settings: Settings, head: bytes, reason: str
) -> None:
    photo = stream(app_settings)
    for chunk in (head, bytes(2000), bytes(2000)):
        photo.write(chunk)
    photo.finish()
    assert photo.reason == reason
    assert quarantine(app_settings) == []


def test_a_signature_that_comes_byte_by_byte_is_seen(app_settings: Settings) -> None:
    photo = stream(app_settings)
    for byte in JPEG[:100]:
        photo.write(bytes([byte]))
    photo.finish()
    assert photo.reason is None


def test_the_first_reason_stands(app_settings: Settings) -> None:
    photo = stream(app_settings, limit=3)
    photo.write(JPEG)
    photo.refuse("abandoned")
    photo.finish()
    assert photo.reason == "too_large"


@pytest.mark.parametrize(
    ("field", "row"),
    [("photo-1", 1), ("photo-20", 20), ("photo-0", None), ("photo-x", None), ("photo-١", None), ("photos", None),
     ("photo-" + "9" * 5000, None), ("", None)],
)  # fmt: skip
def test_the_row_is_the_number_in_the_field(app_settings: Settings, field: str, row: int | None) -> None:
    assert stream(app_settings, field=field).row == row


def test_streams_stand_in_the_order_of_the_rows(upload: Upload) -> None:
    for field in ("extra", "photo-10", "photo-2"):
        upload.open_file(field, "x")
    assert [photo.row for photo in upload.streams] == [2, 10, None]


def test_an_input_that_was_left_empty_is_no_photo(upload: Upload) -> None:
    assert type(upload.open_file("photo-1", "")) is Discard
    assert upload.streams == []


def test_over_a_limit_nothing_more_is_stored(upload: Upload, app_settings: Settings) -> None:
    for i in range(app_settings.max_photos + 3):
        upload.open_file(f"photo-{i + 1}", "x").write(JPEG)
    assert upload.too_many
    assert len(quarantine(app_settings)) == app_settings.max_photos


def test_a_request_announced_as_too_large_stores_nothing(app_settings: Settings) -> None:
    upload = Upload(app_settings, app_settings.max_request_bytes + 1)
    upload.open_file("photo-1", "x").write(JPEG)
    assert upload.too_much
    assert quarantine(app_settings) == []


def test_discarded_or_handed_over(upload: Upload, app_settings: Settings) -> None:
    upload.open_file("photo-1", "x").write(JPEG)
    upload.open_file("photo-2", "x").write(JPEG)
    upload.streams[0].finish()
    assert len(quarantine(app_settings)) == 2
    upload.discard()
    assert list((app_settings.files_dir / "quarantine").iterdir()) == []


def test_handed_over_files_are_not_ours_to_delete(upload: Upload, app_settings: Settings) -> None:
    upload.open_file("photo-1", "x").write(JPEG)
    upload.finish()
    upload.hand_over()
    upload.discard()
    assert len(quarantine(app_settings)) == 1


WRITTEN: list[str] = []
WATCHING = [False]


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if not WATCHING[0]:
        return
    if event == "open" and isinstance(args[0], str) and args[2] & (os.O_WRONLY | os.O_RDWR):
        WRITTEN.append(args[0])


@pytest.fixture(scope="module")
def watch() -> None:
    sys.addaudithook(_watch)


@pytest.fixture
def written(watch: None) -> Iterator[list[str]]:
    """Paths of all files that this process opens for writing, by audit events of the interpreter."""
    WRITTEN[:] = []
    WATCHING[0] = True
    yield WRITTEN
    WATCHING[0] = False


def test_the_watch_sees_temporary_files(written: list[str]) -> None:
    with tempfile.NamedTemporaryFile() as file:
        assert file.name in written


def test_uploads_touch_no_temporary_file_and_lie_nowhere_in_plain(
    contributor: Contributor, app_settings: Settings, written: list[str], tmp_path: Path
) -> None:
    prepare(app_settings)
    written.clear()
    mark = secrets.token_bytes(32)
    photos = [
        File(f"photo-{i}", b"\xff\xd8\xff" + mark + bytes(CHUNK) + mark + bytes(3 * 1024 * 1024))
        for i in (1, 2)
    ]
    assert contributor.send(*photos).status_code == 200
    quarantined = f"{app_settings.files_dir}/quarantine/"
    assert len(written) == 2
    assert all(path.startswith(quarantined) for path in written), written
    held = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(held) >= 2
    assert [path for path in held if mark in path.read_bytes()] == []


class HangsUp:
    """Stream of a client that disconnects after some bytes. `how` is the error that the server sees."""

    def __init__(self, data: bytes, how: type[Exception] | None) -> None:
        self._data, self._how = io.BytesIO(data), how

    def read(self, size: int = -1) -> bytes:
        data = self._data.read(size)
        if not data and self._how:
            raise self._how
        return data


@pytest.mark.parametrize("url", ["/submissions", "/api/v1/submissions"])
@pytest.mark.parametrize("how", [None, ConnectionResetError, TimeoutError])
@pytest.mark.parametrize("missing", [10, 2_000_000])
def test_a_client_that_hangs_up_leaves_nothing(
    contributor: Contributor, app_settings: Settings, url: str, how: type[Exception] | None, missing: int
) -> None:
    photos = [File("photo-1", JPEG), File("photo-2", JPEG + bytes(3_000_000))]
    body = multipart({"token": contributor.token(), **WORDS}, photos)
    gone: Any = HangsUp(body[:-missing], how)
    answer = contributor.client.post(url, environ_overrides=raw(gone, len(body)))
    assert answer.status_code == 400
    assert count(Submission) == 0
    assert list((app_settings.files_dir / "quarantine").iterdir()) == []


def test_a_full_disk_leaves_nothing(
    contributor: Contributor, app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Sink, "finish", full)
    assert contributor.send(File("photo-1", JPEG)).status_code == 503
    assert count(Submission) == 0
    assert quarantine(app_settings) == []


def test_what_was_stored_is_what_the_worker_opens(contributor: Contributor) -> None:
    contributor.send(File("photo-1", JPEG + bytes(200_000)))
    with opened() as submission:
        (photo,) = submission.photos
        assert files().read(photo.quarantine_name, submission.key) == JPEG + bytes(200_000)


@pytest.mark.parametrize("url", ["/submissions", "/api/v1/submissions"])
def test_a_failure_after_the_commit_costs_no_photo(
    contributor: Contributor, app_settings: Settings, app: Transom, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """Test that a failing confirmation page does not lose the submission."""

    def broken(_receipt: str) -> str:
        raise RuntimeError

    monkeypatch.setattr("intake.receipts.grouped", broken)
    fields = {"token": contributor.token(), **WORDS}
    # Not sent by `contributor.post`, which fails for a status that the OpenAPI document does not list, such as 500.
    body = multipart(fields, [File("photo-1", JPEG)])
    answer = contributor.client.post(url, data=body, content_type=MULTIPART)
    assert answer.status_code == 500
    assert count(Submission) == 1
    assert len(quarantine(app_settings)) == 1


def test_a_document_is_kept_under_the_id_of_its_submission_without_its_name(
    upload: Upload, app_settings: Settings
) -> None:
    upload.open_file("document", "Aigul Serik, draft.DOCX").write(b"words")
    upload.finish()
    (document,) = upload.documents
    assert (document.name, document.size, document.reason) == (".docx", 5, None)
    assert quarantine(app_settings) == [str(upload.id)]
    assert files().read(upload.document_file, upload.key) == b"words"
    assert upload.streams == []


def test_a_second_document_is_over_the_limit(upload: Upload, app_settings: Settings) -> None:
    for _ in range(2):
        upload.open_file("document", "a.txt").write(b"words")
    upload.finish()
    assert upload.too_many
    assert [one.reason for one in upload.documents] == [None, "over_a_limit"]
    upload.discard()
    assert quarantine(app_settings) == []


def test_a_document_over_its_limit_is_refused(upload: Upload, app_settings: Settings) -> None:
    target = upload.open_file("document", "long")
    for _ in range(21):
        target.write(bytes(1024 * 1024))
    upload.finish()
    assert [(one.name, one.reason) for one in upload.documents] == [("", "too_large")]
    assert quarantine(app_settings) == []
