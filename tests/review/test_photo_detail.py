import uuid

import pytest

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor
from intake.review.photo_detail import PhotoDetail, photo_detail
from intake.review.submission_detail import submission_detail
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.retouching import CROP, Desk

PICTURE = jpeg_with_gps(64, 48, "CNRYcloseup")


def look(desk: Desk, photo_id: uuid.UUID) -> PhotoDetail:
    with transaction() as session:
        return photo_detail(submission_detail(session, desk.submission_id), photo_id)


@pytest.fixture
def desk(contributor: Contributor, editor: Editor, run_jobs: RunJobs) -> Desk:
    """Submission with three photos, the second of which was refused."""
    contributor.submit(PICTURE, b"no picture", PICTURE)
    run_jobs()
    return Desk(contributor.submission_id, editor)


def test_neighbours_are_those_that_can_be_seen(desk: Desk) -> None:
    first = look(desk, desk.photo.id)
    assert (first.number, first.total, first.before, first.changeable) == (1, 2, None, True)
    assert first.after is not None
    last = look(desk, first.after)
    assert (last.number, last.before, last.after) == (2, desk.photo.id, None)
    assert last.photo.position == 3


def test_photos_not_clean_or_of_another_submission_are_not_found(desk: Desk) -> None:
    with transaction() as session:
        refused = submission_detail(session, desk.submission_id).photos[1].id
    for photo_id in (refused, uuid.uuid4()):
        with pytest.raises(NotFound):
            look(desk, photo_id)


def test_of_a_cropped_photo_the_size_of_the_whole_is_known(desk: Desk, run_jobs: RunJobs) -> None:
    desk.crop(CROP)
    waiting = look(desk, desk.photo.id).photo
    assert (waiting.crop, [retouch.crop for retouch in waiting.pending_retouches]) == (None, [CROP])
    run_jobs()
    cropped = look(desk, desk.photo.id).photo
    assert (cropped.crop, cropped.pending_retouches, cropped.whole) == (CROP, [], (64, 48))
    assert (cropped.width, cropped.height) == (32, 24)
    assert cropped.file == desk.photo.clean_name("full")


def test_a_photo_is_described_by_what_there_is(desk: Desk) -> None:
    assert look(desk, desk.photo.id).photo.described == "Photo 1: Caption 1"
