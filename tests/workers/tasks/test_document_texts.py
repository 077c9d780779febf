"""Documents as texts: a worker reads and cleans them, turns their pictures into photos, and destroys the file."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Photo, Revision, Submission
from intake.photos.refusal import REASONS as PHOTO_REASONS
from intake.settings import Settings
from intake.storage import files
from intake.submissions.screening import RawWords
from tests.cast import Contributor, RunJobs
from tests.documents.word_files import build, paragraph, picture
from tests.photos.made import jpeg_with_gps
from tests.stored import paths
from workers.tasks import document_texts
from workers.tasks.document_texts import DocumentText

PICTURE = jpeg_with_gps(64, 48, "LEAKcamera")
COMMENTED = paragraph(
    '<w:r><w:t>Open words.</w:t></w:r><w:commentRangeStart w:id="1"/>'
    '<w:del w:id="2" w:author="LEAKauthor"><w:r><w:delText>LEAKdeleted</w:delText></w:r></w:del>',
)


def send(
    contributor: Contributor, data: bytes, ending: str = ".docx", *photos: bytes, **words: str
) -> uuid.UUID:
    draft = contributor.draft(*photos, **{"body": "", **words})
    files().put(f"quarantine/{draft.id}/{draft.id}", data, draft.key)
    return contributor.send(replace(draft, document=ending))


def stored() -> tuple[Submission, Revision, list[Photo]]:
    with transaction() as session:
        submission = session.scalars(select(Submission)).one()
        revision = session.scalars(select(Revision).where(Revision.number == 1)).one()
        return submission, revision, list(submission.photos)


def test_the_text_is_cleaned_and_the_document_is_destroyed(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    send(contributor, build(COMMENTED))
    assert len(paths("quarantine")) == 1
    run_jobs()
    submission, revision, photos = stored()
    assert (submission.status, submission.has_document, photos) == ("in_review", False, [])
    assert revision.html == "<p>Open words.</p>"
    assert revision.report["removed"] == {"deletion": 1}
    assert revision.report["document"] == []
    assert paths("quarantine") == []


def test_a_document_follows_what_was_typed(contributor: Contributor, run_jobs: RunJobs) -> None:
    send(contributor, "Сөз <b>бар</b>.".encode(), ".txt", body="Typed\u200b.", format="plain")
    run_jobs()
    _, revision, _ = stored()
    assert revision.html == "<p>Typed.</p><hr><p>Сөз &lt;b&gt;бар&lt;/b&gt;.</p>"
    assert revision.report["removed"] == {"zero-width": 1}


def test_a_text_file_sent_as_verse_keeps_its_lines(contributor: Contributor, run_jobs: RunJobs) -> None:
    poem = b"The sea\n   the sea,\n\n\nand the long line of people who walked down to it"
    send(contributor, poem, ".txt", format="verse")
    run_jobs()
    _, revision, _ = stored()
    assert revision.html == f"<pre>{poem.decode()}</pre>"


def test_pictures_become_photos_after_the_others_and_the_text_says_where(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    body = paragraph("<w:r><w:t>Before.</w:t></w:r>") + paragraph(picture("p1"))
    data = build(body, [("p1", "image", "media/1.png")], **{"word/media/1.png": PICTURE})
    send(contributor, data, ".docx", PICTURE)
    run_jobs()
    submission, revision, photos = stored()
    assert submission.status == "in_review"
    assert [(photo.position, photo.status) for photo in photos] == [(1, "clean"), (2, "clean")]
    assert "[📷 2]" in (revision.html or "")
    assert "position" in photos[1].removed
    assert paths("quarantine") == []


def test_a_picture_past_the_limit_is_refused_and_named(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_texts, "settings", lambda: Settings(max_photos=1))
    data = build(
        paragraph(picture("p1")) + paragraph(picture("p2")),
        [("p1", "image", "media/1.png"), ("p2", "image", "media/2.png")],
        **{"word/media/1.png": PICTURE},
        **{"word/media/2.png": PICTURE},
    )
    send(contributor, data)
    run_jobs()
    submission, _, photos = stored()
    assert [(photo.status, photo.reason) for photo in photos] == [
        ("clean", None),
        ("refused", "too_many_pictures"),
    ]
    assert submission.flagged
    assert "too_many_pictures" in PHOTO_REASONS


@pytest.mark.parametrize(
    ("data", "ending", "reason"),
    [(b"PK\x03\x04 cut short", ".docx", "damaged"), (b"%PDF-1.7", ".pdf", "pdf")],
)
def test_a_refused_document_costs_nothing_else(
    contributor: Contributor, run_jobs: RunJobs, data: bytes, ending: str, reason: str
) -> None:
    send(contributor, data, ending, PICTURE, body="Typed.")
    run_jobs()
    submission, revision, photos = stored()
    assert (submission.status, submission.flagged, [photo.status for photo in photos]) == (
        "in_review",
        True,
        ["clean"],
    )
    assert revision.html == "<p>Typed.</p>"
    assert revision.report["document_refused"] == reason
    assert paths("quarantine") == []


def test_reading_again_stores_the_same_pictures(contributor: Contributor) -> None:
    data = build(paragraph(picture("p1")), [("p1", "image", "media/1.png")], **{"word/media/1.png": PICTURE})
    here = send(contributor, data)
    with transaction() as session:
        raw = RawWords(
            {"document": ".docx", "format": "plain", "photos": {}}, session.get_one(Submission, here).key
        )
    first, second = document_texts.read(here, raw), document_texts.read(here, raw)
    assert first is not None
    assert second is not None
    assert [one.id for one in first.pictures] == [one.id for one in second.pictures]
    assert len(paths("quarantine")) == 2


def test_without_a_document_nothing_is_read(contributor: Contributor) -> None:
    assert document_texts.read(uuid.uuid4(), RawWords({"photos": {}}, bytes(32))) is None
    assert DocumentText().report == {}
