import uuid

import pytest

from intake.db import transaction
from intake.errors import LimitReached
from intake.models import Photo
from intake.submissions import draft, draft_photos
from intake.submissions.submit import PhotoDraft
from tests.cast import RunJobs
from tests.submissions.drafts import begun, with_photo

pytestmark = pytest.mark.usefixtures("app_settings")


def order(receipt: str) -> list[str]:
    with transaction() as session:
        submission = draft.locked_draft(session, receipt)
        return [str(photo.id) for photo in draft_photos.shown(submission)]


@pytest.fixture
def three(app_settings: object) -> tuple[str, list[str]]:
    """A draft with three photos: its receipt and their ids."""
    receipt = begun()
    return receipt, [with_photo(receipt, token) for token in "abc"]


def test_a_photo_that_arrives_twice_is_kept_once() -> None:
    receipt = begun()
    assert with_photo(receipt, "one") == with_photo(receipt, "one")
    assert len(order(receipt)) == 1


@pytest.mark.parametrize(
    ("which", "places", "expected"),
    [(0, 1, "bac"), (2, -1, "acb"), (0, -1, "abc"), (2, 1, "abc"), (0, 5, "bca"), (2, -9, "cab")],
)
def test_photos_move(three: tuple[str, list[str]], which: int, places: int, expected: str) -> None:
    receipt, ids = three
    with transaction() as session:
        draft_photos.move(draft.locked_draft(session, receipt), uuid.UUID(ids[which]), places)
    assert order(receipt) == [ids["abc".index(letter)] for letter in expected]


def test_a_photo_that_is_not_there_does_not_move(three: tuple[str, list[str]]) -> None:
    receipt, ids = three
    with transaction() as session:
        draft_photos.move(draft.locked_draft(session, receipt), uuid.uuid4(), 1)
    assert order(receipt) == ids


def test_a_removed_photo_is_gone_with_its_files(three: tuple[str, list[str]], run_jobs: RunJobs) -> None:
    receipt, (first, second, third) = three
    with transaction() as session:
        draft_photos.remove(session, draft.locked_draft(session, receipt), uuid.UUID(second))
    assert order(receipt) == [first, third]
    assert "photo.delete" in run_jobs()
    with transaction() as session:
        submission = draft.locked_draft(session, receipt)
        draft_photos.number(submission)
        assert [photo.position for photo in draft_photos.shown(submission)] == [1, 2]


def test_there_are_no_more_photos_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = begun()
    with_photo(receipt, "one")
    monkeypatch.setattr("intake.submissions.draft_photos.room", lambda _submission: 0)
    with transaction() as session, pytest.raises(LimitReached):
        draft_photos.add(session, draft.locked_draft(session, receipt), PhotoDraft(uuid.uuid4()))


def test_nobody_without_the_key_can_tell_which_file_a_photo_was() -> None:
    """The browser derives the token from name, size and date of a file. Someone who has the phone could compare it."""
    one, other = with_photo(begun(), "same file"), with_photo(begun(), "same file")
    assert one != other
    with transaction() as session:
        submission = session.query(Photo).filter(Photo.id == uuid.UUID(one)).one().submission
        assert draft_photos.photo_id(submission.key, "same file") == uuid.UUID(one)
        assert draft_photos.photo_id(submission.id.bytes, "same file") != uuid.UUID(one)
