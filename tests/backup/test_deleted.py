"""A restore of an older backup deletes again what a newer one beside it no longer has."""

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake import receipts
from intake.backup import deleted, header
from intake.backup.folder import Folder
from intake.backup.key import of_installation
from intake.backup.make import back_up
from intake.backup.restore import restore
from intake.crypto import new_key
from intake.db import transaction
from intake.models import Event, Photo, Revision, SearchEntry, Submission, SubmissionKey
from intake.settings import Settings
from intake.storage import files
from intake.submissions import draft, removal
from tests.backup.conftest import Go
from tests.cast import RunJobs


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Folder of backups."""
    return tmp_path / "place"


def gone(submission_id: uuid.UUID) -> None:
    with transaction() as session:
        session.get_one(Submission, submission_id).move("withdraw")
        removal.purge(session, submission_id)


@pytest.fixture
def older(
    place: Path, accepted: uuid.UUID, received: uuid.UUID, app_settings: Settings, tmp_path: Path
) -> Path:
    """Backup with an accepted submission and one that is not cleaned. The copy of the keys is beside the folder."""
    (tmp_path / "stick.keys").write_bytes(of_installation(app_settings).data)
    back_up(place / "older")
    return place / "older"


def aged(root: Path) -> None:
    """Make a backup an hour older than it is, since the times of backups are in seconds."""
    old = header.read(root)
    replace(old, made_at=(old.at - timedelta(hours=1)).isoformat()).write(Folder(root))


def test_what_was_deleted_since_is_deleted_again(
    older: Path, accepted: uuid.UUID, received: uuid.UUID, go: Go, place: Path,
    empty_database_url: str, tmp_path: Path, run_jobs: RunJobs,
) -> None:  # fmt: skip
    aged(older)
    gone(accepted)
    back_up(place / "newer")
    elsewhere = go(empty_database_url)
    done = restore(older, elsewhere, tmp_path / "stick.keys")
    assert list(done.deleted) == [accepted]
    assert done.checked.later is not None
    assert done.checked.later.root == place / "newer"
    with transaction() as session:
        assert session.get_one(Submission, accepted).status == "purged"
        assert session.get_one(Submission, received).status == "received"
        for of in (SubmissionKey, Photo, SearchEntry):
            here = select(func.count()).select_from(of).where(of.submission_id == accepted)
            assert session.scalar(here) == 0
        revisions = session.scalars(select(Revision).where(Revision.submission_id == accepted))
        assert not any(one.title or one.html or one.sealed for one in revisions)
        assert "submission.purged" in session.scalars(select(Event.name)).all()
    assert not list(files().listing("clean"))
    run_jobs()
    with transaction() as session:
        assert session.get_one(Submission, received).status == "in_review"
        assert session.get_one(Submission, accepted).status == "purged"


@pytest.mark.parametrize("status", ["received", pytest.param("published", marks=pytest.mark.slow)])
def test_from_every_status(
    status: str, older: Path, accepted: uuid.UUID, received: uuid.UUID, go: Go, place: Path,
    empty_database_url: str, tmp_path: Path,
) -> None:  # fmt: skip
    target = received if status == "received" else accepted
    if status == "published":
        with transaction() as session:
            submission = session.get_one(Submission, accepted)
            submission.published_at = func.now()
            submission.move("publish")
        back_up(place / "published")
        aged(older)  # Otherwise it could be as new as the newest.
        older = place / "published"
    aged(older)
    with transaction() as session:
        if status == "received":
            session.get_one(Submission, target).move("withdraw")
        removal.purge(session, target)
    back_up(place / "newer")
    done = restore(older, go(empty_database_url), tmp_path / "stick.keys")
    assert list(done.deleted) == [target]
    with transaction() as session:
        assert session.get_one(Submission, target).status == "purged"


def test_a_draft_that_was_deleted_since(
    place: Path, accepted: uuid.UUID, app_settings: Settings, go: Go, empty_database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "stick.keys").write_bytes(of_installation(app_settings).data)
    with transaction() as session:
        begun = draft.begin(session, receipts.derive(receipts.new_token()), new_key()).id
    back_up(place / "older")
    aged(place / "older")
    assert draft.delete_draft(begun)
    back_up(place / "newer")
    done = restore(place / "older", go(empty_database_url), tmp_path / "stick.keys")
    assert list(done.deleted) == [begun]
    with transaction() as session:
        assert session.get(Submission, begun) is None


def test_the_newest_is_as_it_is(
    older: Path, go: Go, place: Path, empty_database_url: str, tmp_path: Path, accepted: uuid.UUID
) -> None:
    aged(older)
    back_up(place / "newer")
    done = restore(place / "newer", go(empty_database_url), tmp_path / "stick.keys")
    assert (done.checked.later, list(done.deleted)) == (None, [])
    with transaction() as session:
        assert session.get_one(Submission, accepted).status == "accepted"


@pytest.mark.parametrize("how", ["altered", "of another installation"])
def test_a_newer_one_that_cannot_be_believed_deletes_nothing(
    older: Path, accepted: uuid.UUID, go: Go, place: Path, empty_database_url: str,
    tmp_path: Path, how: str,
) -> None:  # fmt: skip
    aged(older)
    gone(accepted)
    back_up(place / "newer")
    if how == "altered":
        (place / "newer" / deleted.NAME).write_text("")
    else:
        replace(header.read(place / "newer"), installation="0123456789abcdef").write(Folder(place / "newer"))
    done = restore(older, go(empty_database_url), tmp_path / "stick.keys")
    assert (done.checked.later, list(done.deleted)) == (None, [])
    with transaction() as session:
        assert session.get_one(Submission, accepted).status == "accepted"
