import uuid
from collections.abc import Callable

import pytest

from intake.errors import NotFound
from intake.models import Photo
from intake.storage import files
from intake.web import Transom
from intake.web.file_responses import picture
from intake.web.headers import FILE_CSP
from tests.web.bodies import File
from tests.web.conftest import JPEG, opened


@pytest.fixture
def photo(submitted: Callable[..., str]) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the ids of a submission and of its photo."""
    submitted(File("photo-1", JPEG))
    with opened() as submission:
        return submission.id, submission.photos[0].id


def test_a_copy_can_be_saved_and_can_do_nothing(app: Transom, photo: tuple[uuid.UUID, uuid.UUID]) -> None:
    with app.test_request_context():
        answer = picture(*photo, "web")
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Security-Policy"] == FILE_CSP
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


@pytest.mark.parametrize("size", ["base", "original", ""])
def test_there_are_three_sizes(app: Transom, photo: tuple[uuid.UUID, uuid.UUID], size: str) -> None:
    with app.test_request_context(), pytest.raises(NotFound):
        picture(*photo, size)


def test_a_copy_of_another_generation_is_found_by_the_row(
    app: Transom, photo: tuple[uuid.UUID, uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Record a retouch, which creates copies with new names."""
    asked: list[str] = []

    def read(name: str, key: bytes) -> bytes:
        asked.append(name)
        return b""

    monkeypatch.setattr(Photo, "clean_name", lambda self, size: f"{self.id} {size}")
    monkeypatch.setattr(files(), "read", read)
    with app.test_request_context():
        picture(*photo, "web")
    assert asked == [f"{photo[1]} web"]


def test_what_was_deleted_meanwhile_is_not_there(app: Transom, photo: tuple[uuid.UUID, uuid.UUID]) -> None:
    files().delete_all("clean", str(photo[0]))
    with app.test_request_context(), pytest.raises(NotFound):
        picture(*photo, "web")
