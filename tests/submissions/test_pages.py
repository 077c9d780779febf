import uuid

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Photo, Submission
from intake.settings import Settings
from intake.submissions import pages
from tests.cast import Contributor


def test_the_only_page_of_a_file_needs_no_note() -> None:
    assert pages.page_of({}) == pages.Page(1, 1)
    assert list(pages.page_of({}).following) == []


def test_only_the_first_page_is_followed_by_others() -> None:
    assert list(pages.page_of({"page": [1, 3]}).following) == [2, 3]
    assert list(pages.page_of({"page": [2, 3]}).following) == []


def test_ids_of_pages_can_be_derived_again() -> None:
    first = uuid.uuid4()
    assert pages.photo_id(first, 2) == pages.photo_id(first, 2)
    assert len({first, pages.photo_id(first, 2), pages.photo_id(first, 3)}) == 3


@pytest.mark.parametrize(("sent", "left"), [(1, 20), (4, 17), (20, 1)])
def test_a_file_has_room_for_the_photos_that_are_left(
    contributor: Contributor, app_settings: Settings, sent: int, left: int
) -> None:
    assert app_settings.max_photos == 20
    contributor.submit(*[b"photo"] * sent)
    with transaction() as session:
        assert pages.room(session.get_one(Submission, contributor.submission_id)) == left


def positions() -> dict[int, dict[str, object]]:
    with transaction() as session:
        return {one.position: one.notes for one in session.scalars(select(Photo).order_by(Photo.position))}


@pytest.mark.parametrize("document", [False, True])
def test_pages_follow_the_first_one_unless_a_document_numbers_the_photos(
    contributor: Contributor, document: bool
) -> None:
    contributor.submit(b"fax", b"photo")
    with transaction() as session:
        submission = session.get_one(Submission, contributor.submission_id)
        submission.has_document = document
        first, _ = submission.photos
        first.notes, first.caption = {"page": [1, 2]}, "Fax"
        pages.add_following(session, first)
    first_page: dict[str, object] = {"page": [1, 2]}
    other: dict[str, object] = {}
    second_page: dict[str, object] = {"page": [2, 2]}
    assert positions() == (
        {1: first_page, 2: other, 3: second_page} if document else {1: first_page, 2: second_page, 3: other}
    )
