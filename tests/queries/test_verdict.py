from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intake.models.job import STATUSES
from intake.queries.verdict import STANDSTILL, Signs, judge

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
IDLE = Signs(NOW, {"relay", "worker", "scheduler"}, dict.fromkeys(STATUSES, 0), None, None)


def jobs(**counts: int) -> dict[str, int]:
    return dict(IDLE.jobs) | counts


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("signs", "sentence"),
    [
        (IDLE, "Submissions are being processed; nothing waits."),
        (
            replace(IDLE, jobs=jobs(pending=1), due_since=ago(1)),
            "Submissions are being processed; the oldest job has waited 1 second.",
        ),
        (
            replace(IDLE, jobs=jobs(pending=1), due_since=ago(119)),
            "Submissions are being processed; the oldest job has waited 119 seconds.",
        ),
        (
            replace(IDLE, jobs=jobs(pending=900), due_since=ago(3600), last_done=ago(1)),
            "Submissions are being processed; the oldest job has waited 60 minutes.",
        ),
        (
            replace(IDLE, jobs=jobs(pending=1)),
            "Submissions are being processed; 1 job is to be tried again.",
        ),
        (
            replace(IDLE, jobs=jobs(pending=3)),
            "Submissions are being processed; 3 jobs are to be tried again.",
        ),
    ],
)
def test_all_is_well(signs: Signs, sentence: str) -> None:
    assert judge(signs).ok
    assert judge(signs).sentence == sentence
    assert judge(signs).advice == ""


@pytest.mark.parametrize(
    ("missing", "waits", "sentence"),
    [
        ("worker", {}, "Submissions are not being processed: no worker answers."),
        ("worker", {"pending": 1}, "Submissions are not being processed: no worker answers; 1 job waits."),
        (
            "relay",
            {"pending": 2, "sent": 3},
            "Submissions are not being processed: the relay has stopped; 5 jobs wait.",
        ),
    ],
)
def test_somebody_is_missing(missing: str, waits: dict[str, int], sentence: str) -> None:
    verdict = judge(replace(IDLE, alive=set(IDLE.alive) - {missing}, jobs=jobs(**waits)))
    assert not verdict.ok
    assert verdict.sentence == sentence
    assert f"transom {missing}" in verdict.advice


@pytest.mark.parametrize(
    ("paused", "sentence"),
    [
        ({"photos": 0}, "the queue photos is paused."),
        ({"photos": 1}, "the queue photos is paused; 1 job waits."),
        ({"photos": 30, "text": 1}, "the queues photos and text are paused; 31 jobs wait."),
    ],
)
def test_what_somebody_has_paused(paused: dict[str, int], sentence: str) -> None:
    verdict = judge(replace(IDLE, paused=paused))
    assert not verdict.ok
    assert verdict.sentence == f"Submissions are being processed in part: {sentence}"
    assert "transom queue resume" in verdict.advice


def test_a_queue_that_nobody_serves() -> None:
    verdict = judge(replace(IDLE, unserved={"photos": 2}, paused={"text": 1}))
    assert not verdict.ok
    assert (
        verdict.sentence
        == "Submissions are being processed in part: the queue photos is without a worker; 2 jobs wait."
    )
    assert verdict.advice == "Start one with `transom worker photos`."


def test_without_a_scheduler_work_is_done_and_nothing_tidied_up() -> None:
    verdict = judge(replace(IDLE, alive={"relay", "worker"}))
    assert verdict.ok
    assert "the scheduler has stopped" in verdict.sentence
    assert "transom scheduler" in verdict.advice


def test_everybody_lives_and_nothing_is_done() -> None:
    """As when the broker is away, or a worker has gone deaf."""
    still = replace(IDLE, jobs=jobs(pending=2), due_since=ago(300), last_done=ago(200))
    assert not judge(still).ok
    assert judge(still).sentence.endswith("nothing has been finished for 2 minutes; 2 jobs wait.")
    assert "doctor" in judge(still).advice


def test_a_standstill_begins_when_something_is_due() -> None:
    """After an idle night the first job must not raise an alarm; nor must an old one that an admin starts again."""
    edge = STANDSTILL.total_seconds()
    fresh = replace(IDLE, jobs=jobs(pending=1), last_done=ago(40_000))
    assert judge(replace(fresh, due_since=ago(edge))).ok
    assert not judge(replace(fresh, due_since=ago(edge + 1))).ok
    assert not judge(replace(fresh, due_since=ago(edge + 1), last_done=None)).ok


def test_jobs_that_failed_for_good_are_said() -> None:
    assert judge(replace(IDLE, jobs=jobs(dead=1))).advice.startswith("1 job has failed for good")
    assert judge(replace(IDLE, jobs=jobs(dead=4))).advice.startswith("4 jobs have failed for good")
