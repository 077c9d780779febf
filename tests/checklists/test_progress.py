import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from intake.checklists import DEFAULT
from intake.checklists.progress import PointProgress, open_points, progress_by_id, progress_of
from intake.checklists.ticks import tick
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Photo, Submission
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.statements import statements

Listed = Callable[[str], None]


def points(contributor: Contributor) -> dict[str, PointProgress]:
    with transaction() as session:
        return {one.code: one for one in progress_by_id(session, contributor.submission_id)}


def test_a_section_without_a_checklist_has_no_points(in_review: Submission, contributor: Contributor) -> None:
    assert points(contributor) == {}


def test_what_is_known_without_photos_is_ticked(
    listed: Listed, in_review: Submission, contributor: Contributor
) -> None:
    listed("News")
    found = points(contributor)
    assert list(found) == [point.code for point in DEFAULT.points]
    assert {code for code, point in found.items() if not point.done} == {"second_reading"}
    assert {code for code, point in found.items() if point.is_tickable} == {"second_reading"}
    assert found["faces"].detail == found["captions"].detail == "It has no photos."


@pytest.fixture
def with_photos(listed: Listed, contributor: Contributor, run_jobs: RunJobs) -> None:
    listed("News")
    contributor.submit(jpeg_with_gps(40, 30, "mark"), jpeg_with_gps(40, 30, "mark"))
    run_jobs()


def test_each_photo_counts(with_photos: None, contributor: Contributor) -> None:
    found = points(contributor)
    assert found["captions"].done
    assert found["credits"].done
    assert (found["alt_texts"].done, found["alt_texts"].detail) == (False, "2 of 2 photos without.")
    assert (found["faces"].done, found["faces"].is_tickable) == (False, True)
    with transaction() as session:
        first, second = session.scalars(select(Photo).order_by(Photo.position))
        first.alt, second.alt, second.caption = "A bridge", "  ", None
    found = points(contributor)
    assert found["alt_texts"].detail == "1 of 2 photos without."
    assert found["captions"].detail == "1 of 2 photos without."


def test_a_tick_says_who_and_when_and_of_what(
    with_photos: None, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        assert tick(session, contributor.submission_id, editor, "faces")
    found = points(contributor)["faces"]
    assert (found.done, found.by, found.revision) == (True, "Asel Nurbekova", 1)
    assert found.at is not None


def test_only_points_before_the_act_are_open(
    listed: Listed, in_review: Submission, contributor: Contributor
) -> None:
    listed("News = captions, second_reading@publish, Names checked@accept")
    found = points(contributor).values()
    assert [one.label for one in open_points(found, "accept")] == ["Names checked"]
    assert [one.code for one in open_points(found, "publish")] == ["second_reading"]


def test_many_submissions_need_as_many_queries_as_one(
    listed: Listed, in_review: Submission, contributor: Contributor
) -> None:
    for _ in range(3):
        contributor.submit()
    listed("News")
    with statements() as sent, transaction() as session:
        found = session.scalars(select(Submission)).all()
        sent.clear()
        assert len(progress_of(session, found)) == 4
        assert len(sent) == 2
        sent.clear()
        listed("Opinion")
        assert set(map(len, progress_of(session, found).values())) == {0}
        assert sent == []


def test_an_unknown_submission_is_not_found(in_review: Submission) -> None:
    with pytest.raises(NotFound), transaction() as session:
        progress_by_id(session, uuid.uuid4())
