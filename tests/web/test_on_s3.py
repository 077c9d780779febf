"""The web application with files on S3."""

from collections.abc import Iterator

import pytest

from intake.models import Submission
from intake.settings import Settings
from intake.storage import files
from intake.storage.s3 import S3Upload
from intake.web import create_app
from intake.web.errors import PAGES
from tests.web.bodies import File
from tests.web.conftest import JPEG, count
from tests.web.people import Contributor


@pytest.fixture
def contributor(on_s3: Settings) -> Iterator[Contributor]:
    app = create_app(on_s3)
    yield Contributor(app.test_client())
    app.extensions["live"].close()


def quarantined() -> list[str]:
    return [one.name for one in files().listing("quarantine")]


def test_a_submission_leaves_nothing_on_this_machine(contributor: Contributor, on_s3: Settings) -> None:
    answer = contributor.send(*(File(f"photo-{n}", JPEG + bytes(6_000_000)) for n in (1, 2, 3)))
    assert answer.status_code == 200
    assert len(quarantined()) == 3
    assert not on_s3.files_dir.exists()


def test_of_many_photos_one_at_a_time_is_in_memory(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test that at most one upload is unfinished at a time, because each holds up to 5 MB in memory."""
    under_way: set[S3Upload] = set()
    most: list[int] = []
    write, finish = S3Upload.write, S3Upload.finish

    def watched(parts: S3Upload, data: bytes) -> None:
        under_way.add(parts)
        most.append(len(under_way))
        write(parts, data)

    def over(parts: S3Upload) -> None:
        finish(parts)
        under_way.discard(parts)

    monkeypatch.setattr(S3Upload, "write", watched)
    monkeypatch.setattr(S3Upload, "finish", over)
    assert contributor.send(*(File(f"photo-{n}", JPEG) for n in (1, 2, 3))).status_code == 200
    assert max(most) == 1


def test_what_is_refused_at_the_end_leaves_nothing(contributor: Contributor) -> None:
    """Test that an invalid token at the end of the form removes the files that are already on S3."""
    photos = [File("photo-1", JPEG), File("photo-2", JPEG + bytes(6_000_000))]
    assert contributor.send(*photos, token="forged").status_code == 422
    assert quarantined() == []
    assert count(Submission) == 0


def test_storage_that_is_away_is_told_like_a_database_that_is(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files(), "_bucket", "elsewhere")
    answer = contributor.send(File("photo-1", JPEG))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert PAGES[503][1] in answer.text
    assert count(Submission) == 0
