"""From a drawn redaction to copies without the pixels, despite worker failures."""

import io
import os
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Event, Job, Submission
from intake.photos import PhotoRefused
from intake.photos.retouch import Mark, retouch_photo
from intake.publishing.accepted import accepted_submission
from intake.publishing.publish import download
from intake.publishing.zip import archive
from intake.retouches import apply
from intake.review.submission_detail import submission_detail
from intake.storage import UPLOAD_SECONDS, Disk, files
from tests.cast import Contributor, RunJobs
from tests.photos.retouch.secrets import PLACE, difference, left, likeness, pattern, seen, source
from tests.retouching import BOX, CROP, Desk, give_time, stored, time_passes
from tests.stored import root
from workers.tasks import retouches
from workers.tasks.housekeeping import sweep

NOTHING = 0.1


@pytest.fixture
def sent(contributor: Contributor, editor: Editor, run_jobs: RunJobs) -> Callable[[str], Desk]:
    """Function that sends the test pattern in a given format and has it cleaned."""

    def send(name: str = "jpeg") -> Desk:
        contributor.submit(source(name))
        run_jobs()
        return Desk(contributor.submission_id, editor)

    return send


def unpacked(desk: Desk) -> list[bytes]:
    """Accept the submission, and unpack the photos of its ZIP."""
    with transaction() as session:
        version = session.get_one(Submission, desk.submission_id).version
        decide(session, desk.submission_id, desk.editor, version, DecisionInput("accept"))
    with transaction() as session:
        key = download(session, desk.submission_id, desk.editor)
        accepted = accepted_submission(session, desk.submission_id)
    with zipfile.ZipFile(io.BytesIO(b"".join(archive(accepted, key)))) as packed:
        return [packed.read(name) for name in packed.namelist() if name.startswith("photos/")]


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "gif"])
def test_the_pixels_are_gone_from_every_copy_and_from_the_zip(
    sent: Callable[[str], Desk], run_jobs: RunJobs, name: str
) -> None:
    desk = sent(name)
    before = desk.copies()
    assert left(seen(before["full"])[0], pattern()) > 0.9
    asked = desk.redact()
    assert run_jobs() == ["photo.retouch"]
    after = desk.copies()
    assert after.keys() == {"full", "web", "thumb"}
    for data in [*after.values(), *unpacked(desk)]:
        for seed, frame in zip((7, 8, 9), seen(data), strict=False):
            assert left(frame, pattern(seed)) < NOTHING
    for frame, was in zip(seen(after["full"]), seen(before["full"]), strict=True):
        assert difference(frame, was) <= 3
    assert sorted(stored()) == sorted(f"{desk.photo.id}.{asked}.{size}" for size in after)
    assert desk.photo.generation == asked
    assert desk.states() == ["applied"]


def test_of_a_cropped_photo_the_whole_is_redacted_and_the_crop_can_be_removed(
    sent: Callable[[str], Desk], run_jobs: RunJobs
) -> None:
    desk = sent("jpeg")
    whole = desk.copies()["full"]
    desk.crop(CROP, {"x": 0.5, "y": 0.5})
    run_jobs()
    photo, cropped = desk.photo, desk.copies()
    assert (photo.width, photo.height, photo.focus) == (320, 240, {"x": 0.5, "y": 0.5})
    assert cropped["base"] == whole
    desk.redact()
    run_jobs()
    redacted = desk.copies()
    assert redacted.keys() == {"base", "full", "web", "thumb"}
    assert left(seen(redacted["base"])[0], pattern()) < NOTHING
    inner = (PLACE[0] - 160, PLACE[1] - 120, PLACE[2] - 160, PLACE[3] - 120)
    for data in (redacted["full"], redacted["web"], *unpacked(desk)):
        assert seen(data)[0].size == (320, 240)
        assert likeness(seen(data)[0].crop(inner), pattern()) < NOTHING
    desk.crop(None)
    run_jobs()
    after = desk.copies()
    assert after.keys() == {"full", "web", "thumb"}
    assert after["full"] == redacted["base"]
    assert (desk.photo.crop, desk.photo.width, len(stored())) == (None, 640, 3)


def test_another_focal_point_changes_no_pixel(sent: Callable[[str], Desk], run_jobs: RunJobs) -> None:
    desk = sent("jpeg")
    before = stored()
    desk.crop(None, {"x": 0.1, "y": 0.2})
    run_jobs()
    assert desk.photo.focus == {"x": 0.1, "y": 0.2}
    assert (stored(), desk.photo.generation, desk.states()) == (before, 0, ["applied"])


def test_what_is_undone_in_time_leaves_every_byte(
    sent: Callable[[str], Desk], run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sent("jpeg")
    before = stored()
    give_time(monkeypatch)
    asked = desk.redact()
    assert run_jobs() == [], "not yet due"
    desk.undo(asked)
    time_passes()
    assert run_jobs() == ["photo.retouch"]
    assert (stored(), desk.states()) == (before, ["undone"])


def test_it_is_not_done_before_its_time_even_if_a_job_comes_early(
    sent: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sent("jpeg")
    before = stored()
    give_time(monkeypatch)
    desk.redact()
    retouches.retouch_photo(job())
    assert (stored(), desk.states()) == (before, ["asked"])


def job(attempts: int = 1) -> Job:
    with transaction() as session:
        found = session.scalars(select(Job).where(Job.kind == "photo.retouch").order_by(Job.id)).first()
        assert found is not None
    found.attempts = attempts
    return found


def test_several_are_done_in_their_order_by_the_first_job(
    sent: Callable[[str], Desk], run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sent("jpeg")
    give_time(monkeypatch)
    desk.crop()
    last = desk.redact(BOX, Mark(0, 0, 0.1, 0.1, "ellipse", "mosaic"))
    time_passes()
    assert run_jobs() == ["photo.retouch", "photo.retouch"]
    assert (desk.photo.generation, desk.states(), len(stored())) == (last, ["applied", "applied"], 4)
    assert left(seen(desk.copies()["base"])[0], pattern()) < NOTHING


@pytest.mark.parametrize("step", ["put", "record_applied", "superseded_names", "delete"])
def test_a_worker_that_dies_midway_leaves_it_to_the_next(
    sent: Callable[[str], Desk], run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    desk = sent("jpeg")
    before = stored()
    where: Any = Disk if step in {"put", "delete"} else apply
    with monkeypatch.context() as dying:
        dying.setattr(where, step, lambda *_: 1 / 0)
        desk.redact()
        run_jobs()
    done = step in {"superseded_names", "delete"}
    assert desk.states() == ["applied" if done else "asked"]
    if not done:
        assert all(stored()[name] == data for name, data in before.items()), "nothing is lost"
    time_passes()
    assert run_jobs() == ["photo.retouch"]
    assert (desk.states(), len(stored())) == (["applied"], 3)
    assert all(left(seen(data)[0], pattern()) < NOTHING for data in desk.copies().values())


def test_undone_while_it_is_done(
    sent: Callable[[str], Desk], run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sent("jpeg")
    before = stored()
    asked = desk.redact()

    def slowly(*how: Any) -> Any:
        desk.undo(asked)
        return retouch_photo(*how)

    monkeypatch.setattr("intake.photos.retouch.retouch_photo", slowly)
    run_jobs()
    assert (stored(), desk.states(), desk.photo.generation) == (before, ["undone"], 0)


def test_two_workers_at_once(
    sent: Callable[[str], Desk], run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both read the picture before one finishes. They produce the same copies, and neither deletes them."""
    desk = sent("jpeg")
    asked = desk.redact()
    again = [job()]

    def while_another(*how: Any) -> Any:
        if again:
            retouches.retouch_photo(again.pop())
        return retouch_photo(*how)

    monkeypatch.setattr("intake.photos.retouch.retouch_photo", while_another)
    run_jobs()
    assert (desk.states(), desk.photo.generation, len(stored())) == (["applied"], asked, 3)
    assert left(seen(desk.copies()["full"])[0], pattern()) < NOTHING
    with transaction() as session:
        assert list(session.scalars(select(Event.name))).count("photo.retouched") == 1


def test_an_attempt_that_ended_with_its_worker_takes_no_chance(
    sent: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sent("jpeg")

    def refuse(*_: Any) -> None:
        raise PhotoRefused("too_slow")

    monkeypatch.setattr("intake.photos.retouch.retouch_photo", refuse)
    desk.redact()
    with pytest.raises(PhotoRefused):
        retouches.retouch_photo(job(attempts=2))
    assert desk.states() == ["asked"]


@pytest.mark.parametrize(("reason", "attempts"), [("damaged", 1), ("too_slow", 2)])
def test_a_failed_retouch_is_reported_and_changes_nothing(
    sent: Callable[[str], Desk],
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
    attempts: int,
) -> None:
    desk = sent("jpeg")
    before = stored()

    def refuse(*_: Any) -> None:
        raise PhotoRefused(reason)

    monkeypatch.setattr("intake.photos.retouch.retouch_photo", refuse)
    desk.redact()
    run_jobs()
    for _ in range(attempts - 1):
        assert desk.states() == ["asked"]
        time_passes()
        run_jobs()
    assert (stored(), desk.states(), desk.photo.generation) == (before, ["failed"], 0)
    with transaction() as session:
        failed = session.scalars(select(Event).where(Event.name == "photo.retouch_failed")).one()
        assert failed.data == {"kind": "redaction", "reason": reason}
        assert submission_detail(session, desk.submission_id).photos[0].failure == "redaction"


def test_a_file_that_is_away_may_come_back(
    sent: Callable[[str], Desk], run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sent("jpeg")
    desk.redact()
    with monkeypatch.context() as away:
        away.setattr(Disk, "read", lambda *_: exec("raise FileNotFoundError"))
        for state in ("asked", "asked", "failed"):
            time_passes()
            run_jobs()
            assert desk.states()[-1] == state


def test_what_was_left_of_an_old_generation_is_swept_at_once(
    sent: Callable[[str], Desk], run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sent("jpeg")
    with monkeypatch.context() as deaf:
        deaf.setattr(Disk, "delete", lambda *_: None)
        desk.redact()
        run_jobs()
    assert len(stored()) == 6
    sweep(Job())
    assert len(stored()) == 3
    assert left(seen(desk.copies()["full"])[0], pattern()) < NOTHING


def test_what_a_lost_retouch_left_is_swept_once_it_is_old(sent: Callable[[str], Desk]) -> None:
    desk = sent("jpeg")
    young, old = (desk.photo.clean_name("web", number) for number in (7, 8))
    for name in (young, old):
        files().put(name, b"", bytes(32))
    long_ago = time.time() - UPLOAD_SECONDS - 60
    os.utime(root() / old, (long_ago, long_ago))
    sweep(Job())
    assert (root() / young).exists()
    assert not (root() / old).exists()
    assert len(stored()) == 4
