"""Contents of the page of a draft. The page itself is tested by tests/web/contribute/test_draft_views.py."""

import uuid
from dataclasses import replace

import pytest

from intake import receipts
from intake.db import transaction
from intake.errors import NotFound
from intake.settings import settings
from intake.submissions.draft import DraftWords
from intake.submissions.draft_page import DraftPage, DraftPhoto, draft_page
from tests.cast import RunJobs
from tests.photos.made import jpeg_with_gps
from tests.submissions.drafts import WORDS, begun, with_photo

EMPTY = DraftPage(DraftWords(), 1, None, [], 20, None)
PHOTO = DraftPhoto(uuid.uuid4(), 1, "received", "", "", [], "", 320, 240)


def page(receipt: str, have: frozenset[str] | None = frozenset()) -> DraftPage:
    with transaction() as session:
        return draft_page(session, receipt, have)


@pytest.mark.parametrize(
    ("shown", "is_empty", "is_cleaning"),
    [
        (EMPTY, True, False),
        (replace(EMPTY, words=DraftWords(body=" \n")), True, False),
        (replace(EMPTY, words=DraftWords(title="A title")), True, False),
        (replace(EMPTY, words=DraftWords(body="A word")), False, False),
        (replace(EMPTY, document="read"), False, False),
        (replace(EMPTY, photos=[PHOTO]), False, True),
        (replace(EMPTY, photos=[replace(PHOTO, status="clean")]), False, False),
        (replace(EMPTY, photos=[replace(PHOTO, status="refused")]), True, False),
    ],
)
def test_what_can_be_sent_and_what_is_cleaned_still(
    shown: DraftPage, is_empty: bool, is_cleaning: bool
) -> None:
    assert (shown.is_empty, shown.is_cleaning) == (is_empty, is_cleaning)


@pytest.mark.usefixtures("app_settings")
def test_words_room_and_a_photo_that_waits() -> None:
    receipt = begun()
    ident = with_photo(receipt, "one")
    found = page(receipt)
    assert (found.words, found.document, found.room) == (WORDS, None, settings().max_photos - 1)
    (photo,) = found.photos
    assert (str(photo.id), photo.number, photo.status) == (ident, 1, "received")
    assert (photo.about, photo.picture) == ([], "")
    assert (found.original_days, found.originals_until) == (None, None)
    assert found.deleted_on


def test_a_clean_photo_says_what_was_removed_and_has_its_thumbnail_unless_the_page_has_it(
    run_jobs: RunJobs,
) -> None:
    receipt = begun()
    ident = with_photo(receipt, "one", jpeg_with_gps(64, 48, "mark"))
    run_jobs()
    (photo,) = page(receipt).photos
    assert photo.status == "clean"
    assert photo.picture.startswith("data:image/jpeg;base64,")
    assert (photo.width, photo.height) == (64, 48)
    assert photo.about
    for have in (frozenset({ident}), None):
        assert page(receipt, have).photos == [replace(photo, picture="")]


@pytest.mark.usefixtures("app_settings")
def test_another_receipt_opens_nothing() -> None:
    begun()
    with pytest.raises(NotFound):
        page(receipts.derive(receipts.new_token()))
