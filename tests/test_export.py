import io
import json
import uuid
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from markupsafe import Markup

from intake.actions.decide import Ruling, decide
from intake.actions.downloads import download
from intake.crypto import new_key
from intake.db import transaction
from intake.export import EPOCH, archive, file_name
from intake.models import Editor, Submission
from intake.queries.piece import Head, Piece, Text, piece
from intake.settings import Settings
from intake.storage import FileDamaged, files
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps, opened

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def written(title: str = "Ice", source: str = "<p>It broke.</p>", **head: Any) -> Piece:
    """An accepted piece without photos."""
    facts = {
        "id": uuid.UUID(int=1), "short_id": "1a2b3c4d", "status": "accepted", "version": 3, "section": "News",
        "language": "kk", "print_name": None, "has_contact": False, "received_at": NOW, "consent_version": "1",
        "waiting_since": NOW, "region": None, "tags": [], "claim": None, "published_at": None, "published_url": None,
    }  # fmt: skip
    text = Text(1, title, Markup(source), source, None, NOW, 2, 1, None)
    return Piece(Head(**facts | head), [text], [], [], None, set(), "", [], {})  # type: ignore[arg-type]


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {entry.filename: packed.read(entry) for entry in packed.infolist()}


def entries(piece: Piece) -> dict[str, str]:
    return {name: data.decode() for name, data in unpacked(b"".join(archive(piece, b""))).items()}


def test_an_accepted_piece_in_three_forms_with_its_photos(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs
) -> None:
    contributor.submit(
        b"no picture",
        jpeg_with_gps(64, 48, "CNRYexport"),
        title="Мұз",
        body="Өзен.",
        print_name="Ә. Н.",
        contact="signal",
    )
    run_jobs()
    with transaction() as session:
        version = session.get_one(Submission, contributor.submission_id).version
        decide(session, contributor.submission_id, editor, version, Ruling("accept"))
        key = download(session, contributor.submission_id, editor)
        found = piece(session, contributor.submission_id)
    packed = unpacked(b"".join(archive(found, key)))
    assert list(packed) == ["piece.html", "piece.md", "piece.json", "photos/02.jpg"]
    assert opened(packed["photos/02.jpg"]).size == (64, 48)
    assert b"CNRYexport" not in packed["photos/02.jpg"]
    facts = json.loads(packed["piece.json"])
    assert (facts["id"], facts["title"], facts["name_to_print"]) == (
        str(contributor.submission_id),
        "Мұз",
        "Ә. Н.",
    )
    assert facts["photos"] == [
        {"file": "photos/02.jpg", "caption": "Caption 2", "credit": "Credit 2", "width": 64, "height": 48}
    ]
    assert b"signal" not in b"".join(packed.values())


def test_titles_are_text_and_never_markup() -> None:
    found = entries(written("<script>*Ice* & {fire} # 1</script>", language='"><script>'))
    assert "<script>" not in found["piece.html"]
    assert '<h1 dir="auto">&lt;script&gt;*Ice* &amp; {fire} # 1&lt;/script&gt;</h1>' in found["piece.html"]
    title, _, body = found["piece.md"].partition("\n\n")
    assert title == r"# \<script>\*Ice\* & {fire} # 1\</script>"
    assert body == "It broke.\n"


def test_nothing_tells_when_an_editor_worked() -> None:
    data = b"".join(archive(written(), b""))
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
    assert file_name(written(title)) == name


def test_a_long_title_fits_into_255_bytes() -> None:
    assert len(file_name(written("𐐷" * 300)).encode()) <= 255


def test_a_photo_that_does_not_open_is_not_passed_over(
    app_settings: Settings, contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(jpeg_with_gps(64, 48, "CNRYexport"))
    run_jobs()
    with transaction() as session:
        found = piece(session, contributor.submission_id)
    with pytest.raises(FileDamaged):
        b"".join(archive(found, new_key()))
    files().delete_all("clean", str(contributor.submission_id))
    with pytest.raises(FileNotFoundError):
        b"".join(archive(found, new_key()))
