"""Fixtures for an installation with two submissions, its backup, and an empty installation to restore into."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.backup.key import of_installation
from intake.backup.make import back_up
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Submission
from intake.settings import Settings, settings
from tests.cast import Contributor, RunJobs
from tests.forgetting import forget
from tests.photos.made import jpeg_with_gps

Go = Callable[[str], Settings]


@pytest.fixture
def go(app_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Go]:
    """Return a function that switches to another data folder, `elsewhere`, and to the database at a URL."""

    def move(url: str) -> Settings:
        monkeypatch.setenv("TRANSOM_DATA_DIR", str(tmp_path / "elsewhere"))
        monkeypatch.setenv("TRANSOM_DATABASE_URL", url)
        forget()
        return settings()

    yield move
    forget()


@pytest.fixture
def elsewhere(go: Go, backup: Path, empty_database_url: str) -> Settings:
    """Empty installation without tables and keys. The test's process switches to it after the backup was made."""
    return go(empty_database_url)


@pytest.fixture
def accepted(contributor: Contributor, editor: Editor, run_jobs: RunJobs) -> uuid.UUID:
    """A submission with one clean photo, which an editor has accepted."""
    submission_id = contributor.submit(jpeg_with_gps(64, 48, "CNRYbackup"), title="Bel: \t\\N\n«Ω»")
    run_jobs()
    with transaction() as session:
        version = session.get_one(Submission, submission_id).version
        decide(session, submission_id, editor, version, DecisionInput("accept"))
    run_jobs()
    return submission_id


@pytest.fixture
def received(contributor: Contributor, accepted: uuid.UUID) -> uuid.UUID:
    """Another submission, whose photo waits to be cleaned."""
    return contributor.submit(jpeg_with_gps(64, 48, "CNRYwaits"))


@pytest.fixture
def made(tmp_path: Path, accepted: uuid.UUID, received: uuid.UUID) -> Path:
    """Backup of both submissions."""
    folder = tmp_path / "backup"
    back_up(folder)
    return folder


@pytest.fixture
def backup(made: Path) -> Path:
    """Backup of both submissions. The installation still has them."""
    return made


@pytest.fixture
def key(tmp_path: Path, backup: Path, app_settings: Settings) -> Path:
    """A copy of the keys."""
    return keys_of(app_settings, tmp_path / "stick.keys")


def keys_of(config: Settings, path: Path) -> Path:
    """Write a copy of an installation's keys."""
    path.write_bytes(of_installation(config).data)
    return path
