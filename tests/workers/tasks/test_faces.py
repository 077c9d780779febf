"""Face search by the worker's handler, from the request to the stored areas."""

import pytest

from intake.db import transaction
from intake.models import Editor
from intake.photos import PhotoRefused
from intake.photos import faces as library
from intake.photos.faces import FacesUnavailable
from intake.retouches import faces
from tests.cast import Contributor, RunJobs
from tests.photos.faces.drawn import group
from tests.retouching import Desk, time_passes
from workers.tasks import faces as task


@pytest.fixture
def desk(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A cleaned photo of three drawn people."""
    contributor.submit(group())
    run_jobs()
    monkeypatch.setattr(faces, "is_installed", lambda: True)
    return Desk(contributor.submission_id, editor)


def ask(desk: Desk) -> None:
    with transaction() as session:
        faces.request_search(session, desk.submission_id, desk.photo.id, desk.editor)


def suggested(desk: Desk) -> faces.FaceSuggestions:
    with transaction() as session:
        return faces.suggestions(session, desk.photo.id, desk.photo.generation)


@pytest.mark.skipif(not library.is_installed(), reason="the extra transom[faces] is not installed")
def test_faces_are_found_in_the_clean_copy_and_in_the_whole_of_a_cropped_one(
    desk: Desk, run_jobs: RunJobs
) -> None:
    ask(desk)
    assert run_jobs() == ["photo.faces"]
    found = suggested(desk)
    assert (found.state, len(found.faces)) == ("done", 3)
    desk.crop()
    time_passes()
    run_jobs()
    assert suggested(desk).state == "none"
    ask(desk)
    assert run_jobs() == ["photo.faces"]
    assert [(face.x // 200, face.y // 200) for face in suggested(desk).faces] == [
        (face.x // 200, face.y // 200) for face in found.faces
    ]


@pytest.mark.parametrize("error", [PhotoRefused("too_slow"), FacesUnavailable(), FileNotFoundError()])
def test_a_search_that_fails_is_shown_and_not_repeated(
    desk: Desk, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_data: bytes) -> None:
        raise error

    monkeypatch.setattr(task, "find_faces", fail)
    ask(desk)
    assert run_jobs() == ["photo.faces"]
    time_passes(("photo.faces",))
    assert run_jobs() == []
    assert suggested(desk) == faces.FaceSuggestions("failed", [])


def test_a_search_that_nobody_needs_any_more_is_left(
    desk: Desk, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(task, "find_faces", lambda _: read.append("read"))
    ask(desk)
    with transaction() as session:
        faces.forget(session, desk.photo.id)
    assert run_jobs() == ["photo.faces"]
    assert read == []
