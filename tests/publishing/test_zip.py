import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from intake.crypto import new_key
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Submission
from intake.publishing.accepted import Accepted, accepted_submission
from intake.publishing.publish import download
from intake.publishing.wordpress import upload_file, upload_name, uploads_folder
from intake.publishing.zip import EPOCH, archive, file_name
from intake.storage import FileDamaged, files
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps, opened
from tests.publishing.submissions import accepted


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {entry.filename: packed.read(entry) for entry in packed.infolist()}


def taken(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs, *photos: bytes, **words: str
) -> tuple[Accepted, bytes]:
    """Submission that was sent, cleaned and accepted, and the key of its photos."""
    contributor.submit(*photos, **words)
    run_jobs()
    with transaction() as session:
        version = session.get_one(Submission, contributor.submission_id).version
        decide(session, contributor.submission_id, editor, version, DecisionInput("accept"))
        key = download(session, contributor.submission_id, editor)
        return accepted_submission(session, contributor.submission_id), key


def test_an_accepted_submission_in_three_formats_with_its_photos(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs
) -> None:
    words = {"title": "Мұз", "body": "Өзен.", "print_name": "Ә. Н.", "contact": "signal"}
    photos = (b"no picture", jpeg_with_gps(64, 48, "CNRYexport"))
    found, key = taken(contributor, editor, run_jobs, *photos, **words)
    packed = unpacked(b"".join(archive(found, key)))
    assert list(packed) == [
        "README.txt", "index.html", "wordpress.txt", "submission.md", "submission.json", "photos/02.jpg", "photos/02-1600.jpg",
        "photos/02-320.jpg", upload_file(found.images[0]), "featured.jpg",
    ]  # fmt: skip
    assert opened(packed["photos/02.jpg"]).size == (64, 48)
    assert b"CNRYexport" not in packed["photos/02.jpg"]
    assert json.loads(packed["submission.json"])["photos"][0]["file"] == "photos/02.jpg"
    assert b'src="photos/02-1600.jpg"' in packed["index.html"]
    address = uploads_folder("/wp-content/uploads/{year}/{month}/", datetime.now(UTC).date())
    assert f'src="{address}{upload_name(found.images[0])}"' in packed["wordpress.txt"].decode()
    assert packed[upload_file(found.images[0])] == packed["photos/02-1600.jpg"]
    assert packed["featured.jpg"] == packed["photos/02-1600.jpg"]
    for name in (
        "photos/02.jpg",
        "photos/02-1600.jpg",
        "photos/02-320.jpg",
        "featured.jpg",
        upload_file(found.images[0]),
    ):
        assert b"CNRYexport" not in packed[name]
        assert not opened(packed[name]).getexif()
    assert b"(photos/02.jpg)" in packed["submission.md"]
    for name in ("index.html", "wordpress.txt", "submission.md", "submission.json"):
        assert name in packed["README.txt"].decode(), name
    assert b"signal" not in b"".join(packed.values())


def test_captions_are_in_the_photos_only_if_the_editor_says_so(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs
) -> None:
    found, key = taken(contributor, editor, run_jobs, jpeg_with_gps(64, 48, "CNRYexport"))
    plain = unpacked(b"".join(archive(found, key)))["photos/01.jpg"]
    embedded = unpacked(b"".join(archive(found, key, embedded=True)))["photos/01.jpg"]
    assert b"Caption 1" not in plain
    assert plain == files().read(found.images[0].stored["full"], key)
    assert b"Caption 1" in embedded
    assert b"Credit 1" in embedded
    assert opened(embedded).tobytes() == opened(plain).tobytes()


def test_nothing_shows_when_an_editor_worked() -> None:
    data = b"".join(archive(accepted(), b""))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {EPOCH}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ice", "transom-1a2b3c4d-Ice.zip"),
        ("", "transom-1a2b3c4d.zip"),
        ("../../etc/passwd", "transom-1a2b3c4d-etc-passwd.zip"),
        ("\r\nX: y\0", "transom-1a2b3c4d-X-y.zip"),
        ("नदी के पार", "transom-1a2b3c4d-नदी-के-पार.zip"),
        ("في النهر", "transom-1a2b3c4d-في-النهر.zip"),
        ("“Ice”: 50 %", "transom-1a2b3c4d-Ice-50.zip"),
    ],
)
def test_a_download_has_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(accepted(title=title)) == name


def test_a_long_title_fits_into_255_bytes() -> None:
    assert len(file_name(accepted(title="𐐷" * 300)).encode()) <= 255


def test_a_photo_that_does_not_open_is_not_passed_over(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs
) -> None:
    found, _ = taken(contributor, editor, run_jobs, jpeg_with_gps(64, 48, "CNRYexport"))
    with pytest.raises(FileDamaged):
        b"".join(archive(found, new_key()))
    files().delete_all("clean", str(contributor.submission_id))
    with pytest.raises(FileNotFoundError):
        b"".join(archive(found, new_key()))
