import uuid

from intake.db import transaction
from intake.models import Photo, Submission
from intake.review.revision_fields import (
    PhotoWords,
    RevisionFields,
    apply_fields,
    current_fields,
    from_json,
    to_json,
)
from tests.retouches.photos import add_photos

FULL = RevisionFields(
    "Opinion", "ug", "Ürümqi", ("a", "b"), "N. N.", (PhotoWords(uuid.UUID(int=1), "c", "d", "e"),)
)


def positions(submission_id: uuid.UUID) -> list[tuple[int, str, str | None]]:
    with transaction() as session:
        return [
            (photo.position, photo.status, photo.caption)
            for photo in session.get_one(Submission, submission_id).photos
        ]


def test_they_are_kept_and_read_back() -> None:
    assert from_json(to_json(FULL)) == FULL
    assert from_json({}) is None


def test_they_become_those_of_now(in_review: Submission) -> None:
    with transaction() as session:
        apply_fields(session.get_one(Submission, in_review.id), FULL)
    with transaction() as session:
        found = session.get_one(Submission, in_review.id)
        assert current_fields(found) == RevisionFields("Opinion", "ug", "Ürümqi", ("a", "b"), "N. N.")
        apply_fields(found, RevisionFields("News", "en"))
        session.flush()
        assert (found.region, found.print_name, found.tags) == (None, None, [])


def test_photos_change_places_and_a_refused_one_keeps_its_own(in_review: Submission) -> None:
    first, second, third = add_photos(in_review.id, "clean", "refused", "clean", "clean")
    with transaction() as session:
        words = (PhotoWords(third, "third"), PhotoWords(uuid.uuid4(), "no such"), PhotoWords(first, "first"))
        apply_fields(session.get_one(Submission, in_review.id), RevisionFields("News", "en", photos=words))
    assert positions(in_review.id) == [
        (1, "clean", "third"), (2, "refused", None), (3, "clean", "first"), (4, "clean", "3"),
    ]  # fmt: skip
    with transaction() as session:
        details = current_fields(session.get_one(Submission, in_review.id))
        assert [photo.id for photo in details.photos] == [third, first, second]
        assert session.get_one(Photo, second).position == 4
