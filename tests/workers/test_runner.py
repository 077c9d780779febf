import errno
import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from intake.db import transaction
from intake.errors import NotFound
from intake.logs import OneLineFormatter
from intake.models import Job, Photo
from intake.photos import PhotoRefused
from intake.storage import FileDamaged, StorageAway
from tests.cast import Contributor
from workers import runner
from workers.runner import HANDLERS, describe, format_frames, run
from workers.tasks.job import JobRefused

SECRET = "Planted words of a contributor"


def caught(error: BaseException, cause: BaseException | None = None) -> Any:
    """Raise the error from its cause, and return it as a handler's caller catches it."""
    try:
        if cause:
            try:
                raise cause
            except BaseException as first:
                raise error from first
        raise error
    except type(error) as raised:
        return raised


class Quoting(ValueError):
    """Error of a library that quotes its input."""


FOREIGN = [
    ValueError(SECRET),
    KeyError(SECRET),
    Quoting(SECRET),
    UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET),
    OSError(SECRET),
    FileNotFoundError(errno.ENOENT, SECRET, SECRET),
    OSError(errno.EIO, SECRET, SECRET),
]


@pytest.mark.parametrize("error", FOREIGN, ids=lambda error: type(error).__name__)
def test_messages_of_others_are_not_repeated(error: Exception) -> None:
    """The message of a library's error may quote a text. It is left out for an error, its cause and its context."""
    for met in (caught(error), caught(FileDamaged("a chunk does not hold"), error)):
        assert SECRET not in describe(met)
        assert SECRET not in format_frames(met)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError(SECRET), "ValueError"),
        (FileNotFoundError(errno.ENOENT, SECRET), "FileNotFoundError: No such file or directory"),
        (OSError(errno.ENOSPC, SECRET), "OSError: No space left on device"),
        (FileDamaged("a chunk does not hold"), "FileDamaged: a chunk does not hold"),
        (
            StorageAway("The object storage does not answer.", "Start it."),
            "StorageAway: The object storage does not answer.",
        ),
        (PhotoRefused("too_slow", "wall clock"), "PhotoRefused: too_slow"),
        (JobRefused("this job names no photo"), "JobRefused: this job names no photo"),
        (NotFound(), "NotFound"),
    ],
)
def test_only_messages_of_our_own_errors_are_recorded(error: Exception, text: str) -> None:
    assert describe(error) == text


def test_a_traceback_leads_back_to_the_first_cause_by_places_alone() -> None:
    planted = SECRET  # local variable of a frame, which the traceback must not show
    text = format_frames(caught(FileDamaged("a chunk does not hold"), ValueError(planted)))
    first, second = text.split("which led to")
    assert first.rstrip().endswith("ValueError")
    assert second.endswith("FileDamaged: a chunk does not hold\n")
    assert "test_runner.py" in first
    assert "in caught" in second
    assert SECRET not in text


def test_what_the_database_quotes_is_not_repeated(contributor: Contributor) -> None:
    """PostgreSQL quotes the whole row that violates a check."""
    contributor.submit(b"picture")
    with pytest.raises(IntegrityError) as refused, transaction() as session:
        session.execute(update(Photo).values(format=SECRET, position=0))
    assert SECRET in str(refused.value), "the test proves something"
    assert SECRET not in describe(refused.value)
    assert SECRET not in format_frames(refused.value)


@pytest.fixture
def job(contributor: Contributor) -> int:
    contributor.submit()
    with transaction() as session:
        return session.scalars(select(Job.id)).one()


Play = Callable[[BaseException | None], list[int]]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Replace the handler of text.screen. Returns the list of job ids that it was called with."""

    def prepare(end: BaseException | None) -> list[int]:
        seen: list[int] = []

        def handler(job: Job) -> None:
            seen.append(job.id)
            if end:
                raise end

        monkeypatch.setitem(HANDLERS, "text.screen", handler)
        return seen

    return prepare


def look(number: int) -> Job:
    with transaction() as session:
        return session.get_one(Job, number)


def test_a_job_is_run_once_however_often_it_is_delivered(job: int, play: Play) -> None:
    seen = play(None)
    for _ in range(3):
        run(job)
    assert seen == [job]
    assert (look(job).status, look(job).attempts) == ("done", 1)


def test_a_job_that_fails_is_tried_again_after_a_pause(
    job: int, play: Play, caplog: pytest.LogCaptureFixture
) -> None:
    seen = play(ValueError(SECRET))
    caplog.handler.setFormatter(OneLineFormatter("%(message)s"))
    with caplog.at_level(logging.DEBUG):
        run(job)
        run(job)
    assert seen == [job], "the second delivery came within the pause"
    failed = look(job)
    assert (failed.status, failed.attempts, failed.error) == ("pending", 1, "ValueError")
    with transaction() as session:
        assert session.scalar(select(Job.run_at > func.now() - func.make_interval(0, 0, 0, 0, 0, 0, 60)))
    assert "in handler" in (failed.traceback or "")
    assert SECRET not in f"{failed.error}{failed.traceback}{caplog.text}"
    assert f"job failed: ValueError job={job} kind=text.screen queue=text" in caplog.text


@pytest.mark.parametrize("error", [JobRefused("no use"), NotFound()])
def test_a_job_that_can_never_succeed_is_dead(job: int, play: Play, error: Exception) -> None:
    play(error)
    run(job)
    assert (look(job).status, look(job).attempts) == ("dead", 1)


def test_a_kind_of_a_later_version_waits_for_it(job: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(HANDLERS, "text.screen")
    run(job)
    assert (look(job).status, look(job).error) == ("pending", "KeyError")


def test_a_job_that_is_not_there(job: int) -> None:
    run(job + 1000)
    assert look(job).status == "pending"


def test_logs_name_a_job_by_number_and_kind(job: int, play: Play, caplog: pytest.LogCaptureFixture) -> None:
    play(None)
    caplog.handler.setFormatter(OneLineFormatter("%(message)s"))
    with caplog.at_level(logging.DEBUG, runner.log.name):
        run(job)
    assert caplog.text == f"job done job={job} kind=text.screen queue=text\n"


def test_no_log_tells_when_a_job_was_done(job: int, play: Play, caplog: pytest.LogCaptureFixture) -> None:
    play(None)
    with caplog.at_level(logging.INFO, runner.log.name):
        run(job)
    assert not caplog.records
