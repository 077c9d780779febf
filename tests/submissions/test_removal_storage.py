from dataclasses import replace

from sqlalchemy import select

from intake.db import transaction
from intake.models import Photo
from intake.submissions.removal import documents, needed_files, photo_generations
from intake.submissions.screening import photo_refused
from tests.cast import Contributor


def test_photos_of_a_status(contributor: Contributor) -> None:
    contributor.submit(b"one", b"two")
    with transaction() as session:
        one, two = session.scalars(select(Photo.id).order_by(Photo.position))
        photo_refused(session, one, "damaged", {})
    with transaction() as session:
        assert photo_generations(session, "received") == {two: 0}
        assert photo_generations(session, "refused") == {one: 0}
        assert photo_generations(session, "clean") == {}


def test_files_that_photos_need(contributor: Contributor) -> None:
    contributor.submit(b"one", b"two", b"three")
    with transaction() as session:
        one, two, three = session.scalars(select(Photo).order_by(Photo.position))
        photo_refused(session, one.id, "damaged", {})
        two.status, two.original_key, two.generation = "clean", None, 7
        two.full_key = two.web_key = two.thumb_key = two.format = "x"
        two.width = two.height = 1
        two.crop = {"x": 0.0, "y": 0.0, "width": 0.5, "height": 0.5}
        session.flush()
        assert needed_files(session) == [
            f"quarantine/{contributor.submission_id}/{three.id}",
            *(
                f"clean/{contributor.submission_id}/{two.id}.7.{size}"
                for size in ("full", "web", "thumb", "base")
            ),
        ]


def test_a_document_that_waits_is_needed(contributor: Contributor) -> None:
    draft = contributor.draft()
    here = contributor.send(replace(draft, document=".docx"))
    with transaction() as session:
        assert needed_files(session) == [f"quarantine/{here}/{here}"]
        assert documents(session) == {here: 0}
