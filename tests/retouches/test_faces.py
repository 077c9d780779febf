"""Searches for faces: requested by an editor's page, done once, and soon forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.errors import NotFound
from intake.jobs.admin_actions import discard
from intake.jobs.job_filter import JobFilter
from intake.lifecycle import IllegalMove
from intake.models import Editor, Event, FaceSearch, Job, Photo, Submission
from intake.photos.faces import PossibleFace
from intake.retouches import faces
from intake.settings import settings
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.retouching import Desk, give_time

FOUND = [PossibleFace(100, 200, 300, 400), PossibleFace(5000, 6000, 1000, 1000)]


@pytest.fixture
def desk(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A cleaned photo. No face detection library is needed, because the tests record the results of searches themselves."""
    contributor.submit(jpeg_with_gps(64, 48, "CNRYfaces"))
    run_jobs()
    give_time(monkeypatch)
    monkeypatch.setattr(faces, "is_installed", lambda: True)
    return Desk(contributor.submission_id, editor)


def ask(desk: Desk) -> None:
    with transaction() as session:
        faces.request_search(session, desk.submission_id, desk.photo.id, desk.editor)


def end(desk: Desk, found: list[PossibleFace] | None = FOUND) -> None:
    with transaction() as session:
        task = faces.next_search(session, desk.photo.id)
        assert task is not None
        faces.record_found(session, task, found)


def suggested(desk: Desk) -> faces.FaceSuggestions:
    with transaction() as session:
        return faces.suggestions(session, desk.photo.id, desk.photo.generation)


def rows() -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(FaceSearch)) or 0


def events() -> int:
    with transaction() as session:
        asked = select(func.count()).where(Event.name == "photo.faces_asked")
        return session.scalar(asked) or 0


def test_a_search_is_requested_once_and_its_result_is_kept(desk: Desk) -> None:
    with transaction() as session:
        before = session.get_one(Submission, desk.submission_id).version
    assert suggested(desk) == faces.FaceSuggestions("none")
    ask(desk)
    ask(desk)
    assert suggested(desk) == faces.FaceSuggestions("asked", [])
    end(desk)
    ask(desk)
    assert suggested(desk) == faces.FaceSuggestions("done", FOUND)
    assert (events(), rows()) == (1, 1)
    with transaction() as session:
        assert session.scalars(select(Job).where(Job.kind == "photo.faces")).one().photo_id == desk.photo.id
        assert session.get_one(Submission, desk.submission_id).version == before
        assert faces.next_search(session, desk.photo.id) is None


def test_a_failed_search_can_be_repeated(desk: Desk) -> None:
    ask(desk)
    end(desk, None)
    assert suggested(desk) == faces.FaceSuggestions("failed", [])
    ask(desk)
    assert suggested(desk).state == "asked"
    assert events() == 2


def test_areas_are_forgotten_when_a_change_is_requested(desk: Desk) -> None:
    for change in (desk.redact, desk.crop):
        ask(desk)
        end(desk)
        change()
        assert rows() == 0


def test_areas_are_forgotten_after_an_hour(desk: Desk) -> None:
    ask(desk)
    end(desk)
    with transaction() as session:
        faces.forget_old(session)
    assert rows() == 1
    with transaction() as session:
        session.execute(update(FaceSearch).values(asked_at=func.now() - faces.KEPT - timedelta(seconds=1)))
    assert suggested(desk).state == "none"
    with transaction() as session:
        faces.forget_old(session)
    assert rows() == 0


def test_areas_are_forgotten_with_the_submission(desk: Desk, contributor: Contributor) -> None:
    ask(desk)
    end(desk)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    assert rows() == 0
    with transaction() as session:
        photo = desk.photo
        session.add(
            FaceSearch(photo_id=photo.id, submission_id=photo.submission_id, generation=0, state="done", areas=[[1, 1, 1, 1]])
        )  # fmt: skip
    with transaction() as session:
        purge(session, desk.submission_id)
    assert rows() == 0


def test_a_result_that_comes_too_late_is_not_stored(desk: Desk) -> None:
    ask(desk)
    with transaction() as session:
        task = faces.next_search(session, desk.photo.id)
        assert task is not None
    desk.redact()
    with transaction() as session:
        faces.record_found(session, task, FOUND)
    assert rows() == 0


def test_areas_of_earlier_copies_are_not_shown(desk: Desk) -> None:
    ask(desk)
    with transaction() as session:
        task = faces.next_search(session, desk.photo.id)
        session.execute(update(Photo).values(generation=7))
    assert task is not None
    with transaction() as session:
        assert faces.next_search(session, desk.photo.id) is None
    assert suggested(desk).state == "none"
    ask(desk)
    with transaction() as session:
        faces.record_found(session, task, FOUND)
    assert suggested(desk) == faces.FaceSuggestions("asked", [])


def test_an_admin_who_discards_the_job_ends_the_waiting(desk: Desk, admin: Editor) -> None:
    ask(desk)
    with transaction() as session:
        number = session.scalars(select(Job.id).where(Job.kind == "photo.faces")).one()
        discard(session, JobFilter(ids=(number,)), "It ends its workers", admin)
    assert suggested(desk).state == "failed"


def test_without_extra_or_by_the_setting_there_is_no_search(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        changed.setattr(faces, "is_installed", lambda: False)
        assert suggested(desk).state == "off"
        with pytest.raises(NotFound):
            ask(desk)
    monkeypatch.setenv("TRANSOM_FACE_SUGGESTIONS", "off")
    settings.cache_clear()
    assert suggested(desk).state == "off"
    with pytest.raises(NotFound):
        ask(desk)
    assert rows() == 0


def test_a_photo_of_a_withdrawn_submission_is_not_searched(desk: Desk, contributor: Contributor) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with pytest.raises(IllegalMove):
        ask(desk)
