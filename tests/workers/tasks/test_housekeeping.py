import os
import time
import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from intake.crypto import new_key
from intake.db import transaction
from intake.health import scrub
from intake.jobs import ledger
from intake.models import Incident, Job, LoginAttempts
from intake.settings import Settings
from intake.storage import CHUNK, UPLOAD_SECONDS, Disk, files, s3
from intake.storage.disk import PartFile
from intake.storage.s3 import PART
from intake.storage.store import HOUR
from intake.submissions.removal import withdraw
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.stored import paths, root
from workers.tasks.housekeeping import DONE_JOBS_KEPT, sweep

PICTURE = jpeg_with_gps(64, 48, "CNRYsweep")


def age(path: Path, seconds: float) -> Path:
    """Set the age of a file."""
    before = time.time() - seconds
    os.utime(path, (before, before))
    return path


def left(area: str) -> Path:
    """Finished file of an upload that never became a submission."""
    name = f"{area}/{uuid.uuid4()}/{uuid.uuid4()}{'' if area == 'quarantine' else '.web'}"
    files().put(name, b"picture", new_key())
    return root() / name


def unfinished() -> Path:
    sink = files().sink(f"quarantine/{uuid.uuid4()}/{uuid.uuid4()}", new_key())
    target = sink._target
    assert isinstance(target, PartFile)
    target.file.close()
    return target.aside


@pytest.mark.parametrize("area", ["quarantine", "clean"])
def test_files_of_abandoned_uploads_are_deleted_after_the_longest_upload_time(
    app_settings: Settings, area: str
) -> None:
    old, young = age(left(area), UPLOAD_SECONDS + HOUR), age(left(area), UPLOAD_SECONDS - HOUR)
    sweep(Job())
    assert not old.parent.exists()
    assert young.exists()


def test_a_part_that_nobody_writes_to_any_more_goes(app_settings: Settings) -> None:
    silent, growing = age(unfinished(), HOUR + 60), age(unfinished(), HOUR - 60)
    sweep(Job())
    assert not silent.parent.exists()
    assert growing.exists()


def test_what_is_needed_stays_however_old_it_is(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(PICTURE)
    run_jobs()
    contributor.submit(PICTURE)
    old = [age(path, 9 * UPLOAD_SECONDS) for area in ("quarantine", "clean") for path in paths(area)]
    assert len(old) == 4
    sweep(Job())
    assert all(path.exists() for path in old)


def test_an_original_whose_photo_is_clean_goes(contributor: Contributor, run_jobs: RunJobs) -> None:
    """An original can remain if its disk was unmounted at the deletion, and is mounted again."""
    contributor.submit(PICTURE)
    (path,) = paths("quarantine")
    raw = path.read_bytes()
    run_jobs()
    path.parent.mkdir()
    path.write_bytes(raw)
    age(path, UPLOAD_SECONDS + HOUR)
    sweep(Job())
    assert not path.exists()


def test_a_stranger_s_file_is_left_alone_and_stops_nothing(app_settings: Settings) -> None:
    old = age(left("quarantine"), UPLOAD_SECONDS + HOUR)
    strangers = [old.with_name(name) for name in (".nfs000000001", "notes.txt")]
    for stranger in strangers:
        stranger.touch()
        age(stranger, 9 * UPLOAD_SECONDS)
    sweep(Job())
    assert not old.exists()
    assert all(stranger.exists() for stranger in strangers)


def test_on_s3_the_same_goes_and_stays(on_s3: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unfinished multipart uploads are deleted too. S3 only knows the time at which they started."""
    begun = files().sink(f"quarantine/{uuid.uuid4()}/{uuid.uuid4()}", new_key())
    begun.write(bytes(PART + CHUNK))
    files().put(f"clean/{uuid.uuid4()}/{uuid.uuid4()}.web", b"picture", new_key())
    for age_seconds, stay in ((UPLOAD_SECONDS - HOUR, 1), (UPLOAD_SECONDS + HOUR, 0)):
        monkeypatch.setattr(s3, "_age", lambda _, age=age_seconds: age)
        sweep(Job())
        assert [len(list(files().listing(area))) for area in ("quarantine", "clean")] == [stay, stay]
    begun.abort()


def test_jobs_done_long_ago_are_forgotten(app_settings: Settings) -> None:
    with transaction() as session:
        session.add(
            Job(kind="housekeeping.sweep", slot="1", status="done", finished_at=func.now() - DONE_JOBS_KEPT)
        )
        session.add(Job(kind="housekeeping.sweep", slot="2", status="done", finished_at=func.now()))
    with transaction() as session:
        session.execute(
            update(Job).where(Job.slot == "1").values(finished_at=Job.finished_at - timedelta(seconds=1))
        )
    sweep(Job())
    with transaction() as session:
        assert list(session.scalars(select(Job.slot))) == ["2"]


def test_incidents_are_forgotten_after_a_year(app_settings: Settings) -> None:
    with transaction() as session:
        for days in (364, 366):
            at = func.now() - timedelta(days=days)
            session.add(Incident(cause="relay", fault=f"{days} days", started_at=at, ended_at=at))
    sweep(Job())
    with transaction() as session:
        assert list(session.scalars(select(Incident.fault))) == ["364 days"]


def test_old_attempts_at_passwords_are_forgotten(app_settings: Settings) -> None:
    with transaction() as session:
        session.add(LoginAttempts(key=bytes(32), since=func.now() - timedelta(minutes=61)))
        session.add(LoginAttempts(key=bytes([1] * 32)))
    sweep(Job())
    with transaction() as session:
        assert list(session.scalars(select(LoginAttempts.key))) == [bytes([1] * 32)]


def test_a_purge_that_cannot_delete_is_tried_again(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text and key are deleted by then, so the files cannot be read. They still have to be deleted."""
    contributor.submit(PICTURE)
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as locked:
        locked.setattr(Disk, "delete_all", refuse)
        run_jobs()
    with transaction() as session:
        failed = session.scalars(select(Job).where(Job.kind == "submission.purge")).one()
        assert (failed.status, failed.error) == ("pending", "PermissionError: Permission denied")
        session.execute(update(Job).where(Job.id == failed.id).values(run_at=func.now()))
    assert len(paths("clean")) == 3
    assert run_jobs() == ["submission.purge"]
    assert paths("clean") == []


def test_a_document_that_waits_stays_however_old_it_is(contributor: Contributor) -> None:
    draft = contributor.draft()
    files().put(f"quarantine/{draft.id}/{draft.id}", b"words", draft.key)
    contributor.send(replace(draft, document=".txt"))
    (path,) = paths("quarantine")
    age(path, 9 * UPLOAD_SECONDS)
    sweep(Job())
    assert path.exists()


@pytest.mark.parametrize("passing", [True, False])
def test_a_scrub_that_was_obstructed_is_tried_again(
    app_settings: Settings, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, *, passing: bool
) -> None:
    outcome = scrub.ScrubOutcome(1, ["The table events was in use."], is_passing=passing)
    monkeypatch.setattr(scrub, "scrub", lambda: outcome)
    with transaction() as session:
        ledger.run_now(session, ["housekeeping.scrub"])
    assert run_jobs() == ["housekeeping.scrub"]
    with transaction() as session:
        job = session.scalars(select(Job)).one()
        assert job.status == ("pending" if passing else "done")
        assert job.error == ("Obstructed: The table events was in use." if passing else None)
